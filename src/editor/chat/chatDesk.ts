import type { EditorState, Mention, OneConversation } from '../../protocol/chatMessages.ts';
import type { PlanAnswer } from '../../protocol/editMessages.ts';
import type { MentionSource } from './suggestions.ts';

/** What the view needs of VS Code. */
export interface ChatDesk {
  /** The folder that a new conversation is about, as a URI; '' where none is open. */
  folder(): string;
  /** What the editor shows at this moment. */
  editor(): EditorState;
  /** What the last command in the terminal was and said; undefined where that is not known. */
  terminal(): string | undefined;
  names(folder: string): MentionSource;
  /** Lets the user choose something to attach. */
  pickAttachment(folder: string): Promise<Mention | undefined>;
  /** What can be attached of what was dropped; `outside`: how many lie in no open folder. */
  mentionsOf(uris: readonly string[], folder: string): Promise<{ mentions: readonly Mention[]; outside: number }>;
  /** Lines from 1, inclusive. */
  openPlace(uri: string, startLine: number, endLine: number): Promise<void>;
  copy(text: string): Promise<void>;
  /** Where the cursor is; says so where there is none. */
  insert(text: string): Promise<void>;
  /** Where it does not say what it is about, that is the document in front. */
  apply(answer: PlanAnswer): Promise<void>;
  askTitle(now: string): Promise<string | undefined>;
  /** `title`: of one conversation; undefined: all of a folder. */
  confirmDeletion(title: string | undefined): Promise<boolean>;
  saveExport(title: string, markdown: string): Promise<void>;
  /** The conversation that was in front when the window was last open. */
  kept(): OneConversation | undefined;
  keep(conversation: OneConversation | undefined): void;
  run(command: string, ...args: unknown[]): Promise<void>;
  /** Something went wrong that nobody expected. */
  fail(cause: unknown): void;
}
