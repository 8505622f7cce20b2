import type {
  AnsweredBy,
  ChatTurn,
  Citation,
  ContextItem,
  ConversationSummary,
  LeftOut,
  Mention,
  PromptContents,
} from '../../protocol/chatMessages.ts';
import type { Problem, ProblemAction } from '../../protocol/problems.ts';

/**
 * Between the chat view and the extension. The extension owns what is shown and tells it as data; the page makes it
 * visible, and says what was pressed. What is typed and not sent yet is the page's, everything else the extension's.
 */

/** Extension -> page. */
export type ToPage =
  /** First of all, and again whenever the page was loaded anew. */
  | {
      readonly kind: 'begin';
      /** English to the user's language; absent: English. */
      readonly translations?: Readonly<Record<string, string>>;
    }
  | ({ readonly kind: 'turns' } & ShownTurns)
  /** What comes next in an answer. */
  | { readonly kind: 'delta'; readonly turn: string; readonly text: string; readonly citations?: readonly Citation[] }
  | { readonly kind: 'composer'; readonly composer: ShownComposer }
  /** Puts a text where questions are written, in the place of what is there. */
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'focus' }
  /** What would go into the prompt, or that nobody knows. */
  | { readonly kind: 'prompt'; readonly prompt?: PromptGlance }
  | { readonly kind: 'inspection'; readonly of: string | null; readonly inspection: Inspection }
  /** `id`: of the question for them. */
  | { readonly kind: 'suggestions'; readonly id: number; readonly list: readonly Suggestion[] }
  /** Absent: the conversation is shown. */
  | { readonly kind: 'history'; readonly history?: ShownHistory };

/** A part of the branch that is shown: a long conversation is never in the page as a whole. */
export interface ShownTurns {
  /** Absent before the first question. */
  readonly conversation?: { readonly id: string; readonly title: string };
  readonly turns: readonly ShownTurn[];
  /** Where the first of `turns` stands in the branch, from 0, and how many there are in it. */
  readonly from: number;
  readonly total: number;
  /** Where to look: at its end, or where one looked before. */
  readonly look: 'end' | 'same';
}

export interface ShownTurn
  extends Pick<
    ChatTurn,
    'id' | 'role' | 'text' | 'command' | 'answeredBy' | 'leftOut' | 'citations' | 'stopped' | 'problem'
  > {
  /** Of a question: what the model was shown with it. */
  readonly context?: readonly ContextGlance[];
  /** Where it stands among its alternatives; absent where there are none. */
  readonly branch?: Branch;
  /** It goes on. */
  readonly writing?: true;
}

export type ContextGlance = Omit<ContextItem, 'text'>;

export interface Branch {
  /** From 1. */
  readonly at: number;
  readonly of: number;
  /** Ids of the turns beside it. */
  readonly previous?: string;
  readonly next?: string;
}

export interface ShownComposer {
  /** An answer is being written, or asked for. */
  readonly busy: boolean;
  /** A question that is there is being asked differently. */
  readonly editing: boolean;
  readonly attachments: readonly Attachment[];
  /** What went wrong with what was asked last. */
  readonly notice?: string;
}

/** What was attached by hand. `key` means nothing to the page. */
export interface Attachment {
  readonly key: string;
  readonly kind: Mention['kind'];
  readonly label: string;
}

export interface PromptGlance extends Pick<PromptContents, 'promptTokens' | 'budgetTokens' | 'problems'> {
  readonly items: readonly ContextGlance[];
  readonly leftOut: LeftOut;
  readonly answeredBy?: Pick<AnsweredBy, 'kind' | 'name'>;
  readonly whyNoModel?: Problem;
}

/** What goes, or went, into a prompt, with its texts. */
export interface Inspection {
  readonly items: readonly ContextItem[];
  readonly instruction?: string;
  readonly leftOut?: LeftOut;
  readonly promptTokens?: number;
  readonly budgetTokens?: number;
}

export interface Suggestion {
  readonly label: string;
  readonly detail?: string;
  /** What it writes; after one that ends with a colon more is suggested. */
  readonly insert: string;
}

export interface ShownHistory {
  readonly query: string;
  readonly list: readonly ConversationSummary[];
  readonly state: 'loading' | 'shown' | 'failed';
  readonly hasMore: boolean;
  /** The one that the view returns to. */
  readonly current?: string;
}

/** Page -> extension: what the user did. Ids, keys and offsets are those that the extension sent. */
export type PageAction =
  /** The page was loaded, and is empty but for what was typed before. */
  | { readonly do: 'ready'; readonly text: string }
  | { readonly do: 'send'; readonly text: string }
  | { readonly do: 'stop' }
  /** What is written now, once no key was pressed for a moment. */
  | { readonly do: 'draft'; readonly text: string }
  | { readonly do: 'again'; readonly turn: string }
  | { readonly do: 'edit'; readonly turn: string }
  | { readonly do: 'dropEdit' }
  | { readonly do: 'choose'; readonly turn: string }
  | { readonly do: 'look'; readonly where: 'earlier' | 'later' | 'newest' }
  | { readonly do: 'inspect'; readonly of: string | null }
  | { readonly do: 'openCitation'; readonly turn: string; readonly at: number }
  /** `at`: of the item in the question's context. */
  | { readonly do: 'openContext'; readonly turn: string | null; readonly at: number }
  | { readonly do: 'copy'; readonly text: string }
  | { readonly do: 'insert'; readonly text: string }
  /** A code block of an answer, with what stands behind its fence. */
  | { readonly do: 'apply'; readonly turn: string; readonly info: string; readonly text: string }
  /** Everything that an answer says to change. */
  | { readonly do: 'applyAll'; readonly turn: string }
  | { readonly do: 'attach' }
  | { readonly do: 'detach'; readonly key: string }
  | { readonly do: 'drop'; readonly uris: readonly string[] }
  | { readonly do: 'suggest'; readonly id: number; readonly kind: 'command' | 'mention'; readonly query: string }
  | { readonly do: 'solve'; readonly action: ProblemAction }
  | { readonly do: 'useRecommended' }
  | { readonly do: 'newChat' }
  | { readonly do: 'history' }
  | { readonly do: 'leaveHistory' }
  | { readonly do: 'find'; readonly query: string }
  | { readonly do: 'showMore' }
  | { readonly do: 'open'; readonly id: string }
  | { readonly do: 'rename'; readonly id: string }
  | { readonly do: 'delete'; readonly id: string }
  | { readonly do: 'export'; readonly id: string }
  | { readonly do: 'deleteAll' };
