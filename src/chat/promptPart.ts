/** A piece of a prompt, as whoever runs the model takes it. Control pieces hold special tokens; text never does, whatever it contains. */
export type PromptPart = { readonly control: string } | { readonly text: string };

/** What is said to a model. At most one `system` message, which comes first. */
export interface RoleMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}
