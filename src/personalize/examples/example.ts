/** Something to learn from: what the user wrote or accepted, and what stood around it. */
export interface Example {
  readonly id: number;
  /** When it was accepted or written, ms since 1970. */
  readonly atMs: number;
  /**
   * `accepted`: ghost text taken. `instead`: written where ghost text was refused. `typed`: typed through by hand.
   * `edit`: an accepted chat edit or fix.
   */
  readonly kind: 'accepted' | 'instead' | 'typed' | 'edit';
  readonly languageId: string;
  /** Relative to its folder, `/`-separated. */
  readonly path: string;
  /** Absolute path of the workspace folder, '' outside one. */
  readonly folder: string;
  /** At most 2,000 characters each, secrets masked. */
  readonly prefix: string;
  readonly suffix: string;
  /** What is to be learned: the text as it stood at the last look, or as accepted while nobody looked. */
  readonly text: string;
  /** What the model had offered, when it was refused or changed: the other half of a preference pair. */
  readonly offered?: string;
  /** Share of what was accepted that was still there at the last look, 0..1; 1 for what the user wrote. */
  readonly kept: number;
  /** Cross-file context the model was given. */
  readonly snippets: readonly { readonly path: string; readonly text: string }[];
  /** The user's no. */
  readonly excluded: boolean;
}
