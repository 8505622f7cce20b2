/** The program, in a folder that outlives the clone. HEARTH_LLAMA_SERVER names another. */
export function llamaServerPath(): string;
/** Why there is none on this machine; undefined where there is one, or can be built. */
export function whyNoLlamaServer(): string | undefined;
/** Builds it where it is missing and can be built. Throws with a sentence that says what to do where that fails. */
export function setUpLlamaServer(): Promise<string>;
