/** What is known of a completion when it is shown. The engine makes it of what the pipeline tells: `shownOf`. */
export interface Shown {
  /** Unique in this engine. */
  readonly id: string;
  readonly uri: string;
  /** Relative to its workspace folder, `/`-separated. */
  readonly path: string;
  /** Absolute path of the workspace folder; absent outside one, or where nobody knows. */
  readonly folder?: string;
  readonly languageId: string;
  readonly model: string;
  /** All text of the document before the cursor: its length is the cursor's offset. Lines end with `\n` only. */
  readonly prefix: string;
  /** All text of the document after the cursor. */
  readonly suffix: string;
  /** Replaces `[start, end)`, which holds the cursor. */
  readonly insertText: string;
  readonly start: number;
  readonly end: number;
  readonly latencyMs: number;
  readonly origin: 'model' | 'cache' | 'ahead';
  /** What the model was given of other files, the most relevant last. */
  readonly snippets?: readonly { readonly path: string; readonly text: string }[];
}

/** One edit of a document, in UTF-16 offsets of the text just before it, where lines end with `\n` only. */
export interface TextChange {
  readonly start: number;
  readonly deletedLength: number;
  readonly insertedText: string;
}

export type AcceptedKind = 'acceptedWhole' | 'acceptedWord' | 'acceptedLine';

/** What became of a completion. `shown` is the completion as it first came up, however often it was served again. */
export type CompletionEvent =
  | { readonly kind: 'shown'; readonly shown: Shown }
  | {
      readonly kind: AcceptedKind;
      readonly shown: Shown;
      /** Inserted by this acceptance alone. */
      readonly characters: number;
      /** What stands behind the prefix of its offer now, as far as the completion is accepted or typed. */
      readonly completed: string;
      /** All that was accepted of it so far, and its offset in the document. Absent when the edit was not seen. */
      readonly stands?: { readonly start: number; readonly text: string };
    }
  | {
      /** Typed to its end by hand. */
      readonly kind: 'typedThrough';
      readonly shown: Shown;
      readonly characters: number;
      /** What stands behind the prefix of its offer now: the whole offer. */
      readonly completed: string;
    }
  | {
      /** Typed against, dismissed or left. */
      readonly kind: 'rejected';
      readonly shown: Shown;
      /** Typed by hand in agreement with it. */
      readonly characters: number;
    };
