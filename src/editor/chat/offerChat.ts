import { Disposable, l10n, type LogOutputChannel, type Memento, type Uri, window } from 'vscode';
import type { PlanAnswer } from '../../protocol/editMessages.ts';
import type { EngineClient } from '../engineClient.ts';
import { offerChatCommands } from './chatCommands.ts';
import { ChatView } from './chatView.ts';
import { TerminalText } from './terminalText.ts';
import { vscodeChatDesk } from './vscodeChatDesk.ts';

export interface ChatParts {
  readonly engine: Pick<EngineClient, 'chat' | 'onStatus'>;
  readonly extensionUri: Uri;
  readonly kept: Memento;
  readonly log: LogOutputChannel;
  /** Brings what an answer says into files, with the user's yes; absent where nobody can. */
  readonly applyAnswer?: (answer: PlanAnswer) => Promise<void>;
}

/** The chat in the side bar, and everything that leads to it. */
export function offerChat({ engine, extensionUri, kept, log, applyAnswer = cannotApply }: ChatParts): Disposable {
  const terminal = new TerminalText();
  const desk = vscodeChatDesk({ log, kept, apply: applyAnswer, terminal: () => terminal.last });
  const view = new ChatView({ engine, desk, extensionUri, log });
  return Disposable.from(terminal, view, offerChatCommands(view, log));
}

async function cannotApply(): Promise<void> {
  await window.showInformationMessage(l10n.t('Copy the code instead: it cannot be applied here.'));
}
