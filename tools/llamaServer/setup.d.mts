/** The program, in a folder that outlives the clone. HEARTH_LLAMA_SERVER names another. */
export function llamaServerPath(): string;
/** Builds it where it is missing. Throws with a sentence that says what to do where that cannot be done. */
export function setUpLlamaServer(): Promise<string>;
