import type { SearchReason } from '../../protocol/indexMessages.ts';

/** The vocabulary of the completion pipeline. Everything here is plain data; steps are pure functions over it. */

/** The document as the pipeline sees it. Offsets are UTF-16 code units into `text`; lines end with `\n` only. */
export interface DocumentView {
  readonly uri: string;
  /** Path for prompts, relative to its workspace folder, `/`-separated. */
  readonly path: string;
  /** Absolute path of its workspace folder; absent outside one. */
  readonly folder?: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** Code of the notebook cells before this one; empty for ordinary documents. */
  readonly before: string;
  /** Code of the notebook cells after this one. */
  readonly after: string;
}

export interface CompletionQuery {
  readonly document: DocumentView;
  /** Cursor, offset into `document.text`. */
  readonly offset: number;
  /** `automatic` while typing, `invoked` when the user asked or cycles: then several alternatives are made. */
  readonly trigger: 'automatic' | 'invoked';
  /** The suggest widget's selected item: the completion must continue it. Offsets into `document.text`. */
  readonly selected?: { readonly start: number; readonly end: number; readonly text: string };
  /** When the request arrived, `performance.now()` clock. */
  readonly arrivedMs: number;
}

/** One alternative, ready for `textDocument/inlineCompletion`. */
export interface Completion {
  /** Unique in this engine; the accepted command and the event store refer to it. */
  readonly id: string;
  /** Replaces `document.text[start, end)`, which always lies on the cursor's line. */
  readonly start: number;
  readonly end: number;
  readonly insertText: string;
  /** Where it came from: the model, the cache (typed through), or computed ahead after the last acceptance. */
  readonly origin: 'model' | 'cache' | 'ahead';
  /** From the arrival of the request to the answer. */
  readonly latencyMs: number;
  /** Mean natural-log probability per token; how sure the model was. */
  readonly meanLogProbability: number;
  /** What of other files the model was given for it, the most relevant last. */
  readonly snippets: readonly Snippet[];
}

/** A piece of another file (or of this one, far away) shown to the model. */
export interface Snippet {
  readonly source: string;
  /** Relative path, `/`-separated. */
  readonly path: string;
  readonly text: string;
  /** Higher is better; only compared within one source. */
  readonly score: number;
  /** Where it stands and why it was chosen, from sources that know. The pipeline passes it on to whoever asks. */
  readonly origin?: { readonly uri: string; readonly startLine: number; readonly reasons: readonly SearchReason[] };
}

export interface ContextQuery {
  readonly document: DocumentView;
  readonly offset: number;
  /** Rough size the source may fill, in characters. */
  readonly budgetCharacters: number;
  /** How long the pipeline waits for the answer; absent: for as long as it takes. */
  readonly timeoutMs?: number;
}

/**
 * Something that knows code outside the cursor's window. A source answers at once from what it has; the pipeline
 * never waits for one longer than its latency budget, and a source that throws is skipped and logged.
 */
export interface ContextSource {
  readonly name: string;
  snippets(query: ContextQuery, signal: AbortSignal): Promise<readonly Snippet[]>;
}

/** What a draft was made from beside the text around the cursor. */
export interface GivenContext {
  readonly document: DocumentView;
  readonly offset: number;
  /** The most relevant last, as the model sees them. */
  readonly snippets: readonly Snippet[];
}

/** What a post filter knows beside the text it judges. */
export interface FilterInput {
  /** All text before and after the cursor, in the document (not the prompt). */
  readonly prefix: string;
  readonly suffix: string;
  readonly languageId: string;
  readonly indent: IndentStyle;
  readonly multiline: boolean;
}

/** Takes the completion's text and returns it, shorter or mended, or '' to show nothing. Pure. */
export type PostFilter = (text: string, input: FilterInput) => string;

export interface IndentStyle {
  readonly insertSpaces: boolean;
  readonly size: number;
}
