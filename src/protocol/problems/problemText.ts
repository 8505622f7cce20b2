/** What the user can do about a problem; the editor turns each into a button. */
export type ProblemAction = 'pickModel' | 'pickSearchModel' | 'showLog' | 'retry' | 'serverSetting' | 'serverKey';

export interface ProblemText {
  readonly message: string;
  readonly actions: readonly ProblemAction[];
}

/** Same contract as `vscode.l10n.t`: `{0}`, `{1}` are replaced by the arguments. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** The engine's own `t`: English. */
export const inEnglish: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));

/** A text with what can be done, most useful first. */
export function say(message: string, ...actions: ProblemAction[]): ProblemText {
  return { message, actions };
}

export function inMegabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
