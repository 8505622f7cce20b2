import { inEnglish, type Translate } from '../../../protocol/problems.ts';
import type { PageAction } from '../messages.ts';

/** What every part of the page can do: speak the user's language, and say what was pressed. */
export interface Page {
  readonly t: Translate;
  readonly tell: (action: PageAction) => void;
  /** For screen readers, once they have said what they are saying. */
  readonly say: (text: string) => void;
}

/** `vscode.l10n.t` over what the extension sent. */
export function translator(translations: Readonly<Record<string, string>> = {}): Translate {
  return (message, ...args) => inEnglish(translations[message] ?? message, ...args);
}
