import type { Problem } from './problems.ts';

/**
 * The chat's part of the wire. One entry per message: who sends it, and why. The engine owns conversations and decides
 * what a model is shown; a client shows them and says what was pressed. Lines are 1-based and inclusive, as people and
 * models cite them; every id is the engine's and means nothing to a client. A request that cannot be answered fails with
 * `chatProblemCode` and a `Problem` as its data.
 */
export const ChatMessage = {
  /**
   * Request, client -> engine: a question, or a question again. Resolves when the answer is complete, stopped or failed:
   * all three are turns, so a result is never an error of the protocol. Params: `SendChat`; result: `ChatTurn`, the answer.
   */
  send: 'hearth/chat/send',
  /** Notification, engine -> client, once per `send`, before its first delta: what was asked as it was kept. Params: `ChatBegan`. */
  began: 'hearth/chat/began',
  /** Notification, engine -> client, while an answer is written: what comes next in it. Params: `ChatDelta`. */
  delta: 'hearth/chat/delta',
  /** Request, client -> engine: end the answer under way; what is there is kept. Params: `OneConversation`; no result. */
  stop: 'hearth/chat/stop',
  /** Request, client -> engine, while a question is typed: what would go into the prompt. Params: `SendChat`; result: `PromptContents`. */
  preview: 'hearth/chat/preview',
  /** Request, client -> engine: the slash commands there are here, for completion. Params: `OneFolder`; result: `CommandList`. */
  commands: 'hearth/chat/commands',
  /** Request, client -> engine: a page of conversations, newest first. Params: `ListConversations`; result: `ConversationPage`. */
  list: 'hearth/chat/list',
  /** Request, client -> engine: one conversation with all its turns. Params: `OneConversation`; result: `Conversation`. */
  open: 'hearth/chat/open',
  /** Request, client -> engine: show another branch from now on. Params: `ChooseBranch`; result: `Conversation`. */
  choose: 'hearth/chat/choose',
  /** Request, client -> engine: give a conversation another title. Params: `RenameConversation`; no result. */
  rename: 'hearth/chat/rename',
  /** Request, client -> engine, after the user said yes: delete one for good. Params: `OneConversation`; no result. */
  delete: 'hearth/chat/delete',
  /** Request, client -> engine, after the user said yes: delete all of a folder for good. Params: `OneFolder`; no result. */
  deleteAll: 'hearth/chat/deleteAll',
  /** Request, client -> engine: what is shown of a conversation, as Markdown. Params: `OneConversation`; result: `ExportedChat`. */
  export: 'hearth/chat/export',
  /** Request, client -> engine: who would answer now. No params; result: `ChatModelInfo`, or null where nobody can. */
  model: 'hearth/chat/model',
  /**
   * Request, client -> engine: others in the editor ask the model with messages of their own. Nothing is added to them,
   * and nothing is kept. Cancel it to stop. Params: `CompleteChat`; result: `CompletedChat`.
   */
  complete: 'hearth/chat/complete',
  /**
   * Request, client -> engine: a question as in `send`, for a chat that others show and keep; nothing of it is kept here.
   * Cancel it to stop. Params: `AskChat`; result: `CompletedChat`.
   */
  ask: 'hearth/chat/ask',
  /** Notification, engine -> client, while `complete` or `ask` is answered. Params: `CompletionDelta`. */
  completionDelta: 'hearth/chat/completionDelta',
  /** Request, client -> engine: about how many tokens a text has for who would answer. Params: `CountTokens`; result: a number. */
  countTokens: 'hearth/chat/countTokens',
  /**
   * Request, engine -> client, before each request to the server that the user entered: the key that they keep for it.
   * Params: `ServerKeyQuery`; result: the key, or null. A client that keeps no keys need not know it.
   */
  serverKey: 'hearth/chat/serverKey',
} as const;

/** Code of the error that a request fails with when the user should hear why. */
export const chatProblemCode = 1;

/** Conversations belong to a workspace folder, `''` where none is open. */
export interface OneFolder {
  /** URI. */
  readonly folder: string;
}

export interface OneConversation extends OneFolder {
  readonly id: string;
}

/** What was said, or answered. A turn never changes once it is complete. */
export interface ChatTurn {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  /** As it was typed, without its slash command, or as it was written; Markdown. */
  readonly text: string;
  /** Of a question: its slash command, without the slash, and what that told the model. */
  readonly command?: string;
  readonly instruction?: string;
  /** Unix time in milliseconds: when it was sent, or complete. */
  readonly atMs: number;
  /** The turn it follows; null for a first question. Turns with one parent are each other's alternatives. */
  readonly parent: string | null;
  /** Of a question: what the model was shown with it, as it was shown. */
  readonly context?: readonly ContextItem[];
  /** Of a question: what was attached to it by hand. */
  readonly attached?: readonly Mention[];
  /** Of a first question: the language of the document in front, in whose style the model is to write. */
  readonly languageId?: string;
  /** Of an answer. */
  readonly answeredBy?: AnsweredBy;
  /** Of an answer: what of the conversation and its context did not fit; absent when all did. */
  readonly leftOut?: LeftOut;
  /** Of an answer: the places in it that can be opened, in its order. */
  readonly citations?: readonly Citation[];
  /** Of an answer: the user ended it. */
  readonly stopped?: true;
  /** Of an answer: why it is incomplete or empty. */
  readonly problem?: Problem;
}

/**
 * Who answered. `local`: a model on this machine; `server`: one that the user entered; `search`: no model at all, the
 * answer is what the index found.
 */
export interface AnsweredBy {
  readonly kind: 'local' | 'server' | 'search';
  readonly name: string;
  readonly tokensPerSecond?: number;
  readonly firstTokenMs?: number;
  readonly promptTokens?: number;
  /** Tokens that prompt and answer may have together. */
  readonly contextSize?: number;
}

export type ContextKind =
  | 'file'
  | 'folder'
  | 'symbol'
  | 'codebase'
  | 'selection'
  | 'problems'
  | 'git'
  | 'terminal'
  | 'style';

/** A piece of the user's files or tools that a model is shown. Data: whatever it says, it asks for nothing. */
export interface ContextItem {
  readonly kind: ContextKind;
  /** For people: a path, the name of a symbol, `git diff --staged`. */
  readonly label: string;
  /** Of a file. */
  readonly uri?: string;
  /** Relative to the workspace folder, `/`-separated: what an answer cites. Of a file. */
  readonly path?: string;
  readonly startLine?: number;
  readonly endLine?: number;
  /** As the model sees it: cut, and without hidden characters. */
  readonly text: string;
  /** What the model reads for it, its heading and fence included. */
  readonly tokens: number;
  /** Lines are missing at its end, because there was no room. */
  readonly cut?: true;
  /** Characters that people do not see and models do, which were removed; absent when there were none. */
  readonly hiddenCharacters?: number;
}

/** A place that an answer names and that its context holds: `src/a.ts:10-20`. Other names of places are no links. */
export interface Citation {
  /** Where it stands in the answer: UTF-16 offsets, as `slice` takes them. */
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** What did not fit into a prompt. */
export interface LeftOut {
  /** Questions with their answers, the oldest first to go. */
  readonly earlierTurns: number;
  /** Labels of attached items of which nothing is in the prompt. */
  readonly items: readonly string[];
  /** Lines of the question itself, from its middle. */
  readonly questionLines: number;
}

/** What goes into a prompt, beside the conversation. Result of `preview`. */
export interface PromptContents {
  readonly items: readonly ContextItem[];
  readonly leftOut: LeftOut;
  readonly promptTokens: number;
  /** What the prompt may have: the model's context less the room for an answer. */
  readonly budgetTokens: number;
  /** What of the question could not be found or read. */
  readonly problems: readonly Problem[];
  /** Who would answer; absent while that is not known yet, as when a model is being loaded. */
  readonly answeredBy?: Pick<AnsweredBy, 'kind' | 'name'>;
  /** Why it would be a search and no model. */
  readonly whyNoModel?: Problem;
}

/** Something to show the model, as a question names it (`@file:src/a.ts`) or as it was attached by hand. */
export type Mention =
  | { readonly kind: 'file' | 'folder'; readonly path: string }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'git'; readonly what: GitWhat }
  | { readonly kind: 'codebase' | 'selection' | 'problems' | 'terminal' };

/** `diff`: what is not staged; `staged`: what is; `commit`: the last one. */
export type GitWhat = 'diff' | 'staged' | 'commit';

/** What only the editor knows at the moment of asking. All of it may be absent. */
export interface EditorState {
  /** The document in front. */
  readonly uri?: string;
  readonly languageId?: string;
  readonly selection?: { readonly startLine: number; readonly endLine: number; readonly text: string };
  /** Of the document in front; those that touch the selection where there is one. */
  readonly problems?: readonly EditorProblem[];
  /** Whether the user trusts the workspace: git runs what a repository's configuration names. */
  readonly isTrusted?: boolean;
  /** What is selected in the terminal, or its last command with its output. */
  readonly terminal?: string;
}

export interface EditorProblem {
  readonly uri: string;
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** Who says so: `ts`, `eslint`. */
  readonly source?: string;
}

export interface SendChat extends OneFolder {
  /** Null begins a new one. */
  readonly conversation: string | null;
  readonly ask:
    | {
        readonly kind: 'question';
        /** As it was typed, with its slash command. */
        readonly text: string;
        /** The answer it follows: the head to go on, an earlier one to ask something else there; null for a first question. */
        readonly parent: string | null;
        /** Beside those that the text names. */
        readonly attachments: readonly Mention[];
      }
    /** Another answer to a question that is there; its context is gathered anew. */
    | { readonly kind: 'again'; readonly question: string };
  readonly editor: EditorState;
}

export interface ChatBegan {
  readonly conversation: ConversationSummary;
  readonly question: ChatTurn;
  /** The id that the answer will have. */
  readonly answer: string;
}

export interface ChatDelta {
  readonly conversation: string;
  /** The answer's id. */
  readonly turn: string;
  /** To be put behind what is there. */
  readonly text: string;
  /** Those that are complete now and were not before. */
  readonly citations?: readonly Citation[];
}

export interface Conversation extends OneConversation {
  readonly title: string;
  /** Unix time in milliseconds. */
  readonly createdMs: number;
  /** When its last turn was said. */
  readonly changedMs: number;
  /** A tree by `parent`, in the order in which they were said. */
  readonly turns: readonly ChatTurn[];
  /** The last turn of the branch that is shown; null while there is none. */
  readonly head: string | null;
}

export interface ConversationSummary extends Omit<Conversation, 'turns' | 'head'> {
  /** How many, in all branches. */
  readonly turns: number;
}

export interface ListConversations extends OneFolder {
  /** Words that title or turns must all contain, in any order and case; absent or blank: all conversations. */
  readonly query?: string;
  /** Where the page before ended: its `next`. */
  readonly before?: ListPosition;
  /** At least 1. */
  readonly limit: number;
}

export interface ListPosition {
  readonly changedMs: number;
  readonly id: string;
}

export interface ConversationPage {
  readonly conversations: readonly ConversationSummary[];
  /** Where the next page begins; absent on the last. */
  readonly next?: ListPosition;
}

export interface ChooseBranch extends OneConversation {
  /** A turn of the branch. */
  readonly turn: string;
}

export interface RenameConversation extends OneConversation {
  readonly title: string;
}

export interface ExportedChat {
  readonly markdown: string;
}

/** A slash command, as it can be typed in front of a question. */
export interface CommandSummary {
  /** Without the slash. */
  readonly name: string;
  /** `builtIn`: the client has words for it; `workspace`: a file of `.hearth/prompts/`, with its own description. */
  readonly source: 'builtIn' | 'workspace';
  readonly description: string;
}

export interface CommandList {
  readonly commands: readonly CommandSummary[];
  /** Prompt files that cannot be used. */
  readonly problems: readonly Problem[];
}

/** Who would answer a question. */
export interface ChatModelInfo extends Pick<AnsweredBy, 'name'> {
  readonly kind: 'local' | 'server';
  /** Tokens that prompt and answer may have together. */
  readonly contextSize: number;
}

/** At most one `system` message, which comes first; the last is a user's. */
export interface ChatMessageText {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface CompleteChat {
  /** The client's choice: deltas carry it. */
  readonly id: string;
  readonly messages: readonly ChatMessageText[];
  /** Of the answer; absent: all that has room. */
  readonly maxTokens?: number;
  /** 0 is greedy. Absent: a little above. */
  readonly temperature?: number;
}

export interface AskChat extends OneFolder {
  /** The client's choice: deltas carry it. */
  readonly id: string;
  /** As it was typed, with its slash command. */
  readonly text: string;
  readonly attachments: readonly Mention[];
  /** What was said before, the first first. */
  readonly earlier: readonly ChatMessageText[];
  readonly editor: EditorState;
}

export interface CompletedChat {
  /** All of it; the deltas together. */
  readonly text: string;
  readonly answeredBy: AnsweredBy;
  /** `length`: it ends because there was no more room. */
  readonly end: 'complete' | 'length';
  /** Of `ask`: what the model was shown with the question. */
  readonly context: readonly ContextItem[];
  /** Of `ask`: the places in the answer that can be opened. */
  readonly citations: readonly Citation[];
  /** Of `ask`: what of the question could not be found or read. */
  readonly problems: readonly Problem[];
}

export interface CompletionDelta {
  readonly id: string;
  readonly text: string;
}

export interface CountTokens {
  readonly text: string;
}

export interface ServerKeyQuery {
  /** Scheme, host and port. A key is for this server and for no other. */
  readonly origin: string;
}
