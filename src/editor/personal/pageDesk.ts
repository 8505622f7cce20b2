import type { AdapterPlace, AdapterSummary } from '../../protocol/personalMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { Settings } from '../../protocol/settings.ts';
import type { EditorFacts } from './pageState.ts';

/** What the page asks of VS Code: its questions, its settings and its commands. Undefined answers: the user left it. */
export interface PageDesk {
  facts(): EditorFacts;
  setLearn(value: Settings['learn']): Promise<void>;
  run(command: string, ...args: readonly string[]): Promise<void>;
  askName(now: string): Promise<string | undefined>;
  askPlace(): Promise<AdapterPlace | undefined>;
  confirmRemoval(adapter: AdapterSummary): Promise<boolean>;
  tell(problem: Problem): void;
  fail(cause: unknown): void;
}
