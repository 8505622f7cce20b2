import type { Problem } from './problems.ts';

/** How the workspace index is doing, all folders together. */
export interface IndexStatus {
  /**
   * `off`: switched off, or no folder is open; `reading`: another window writes, this one only searches; `paused`: by the
   * user; `waiting`: work is left, but typing or the battery comes first.
   */
  readonly state: 'off' | 'starting' | 'indexing' | 'waiting' | 'paused' | 'ready' | 'reading' | 'error';
  readonly files: number;
  readonly chunks: number;
  /** While there is work: files done and to do in this pass, the speed and an estimate. */
  readonly progress?: {
    readonly filesDone: number;
    readonly filesTotal: number;
    readonly filesPerSecond: number;
    readonly secondsLeft?: number;
  };
  /** Why the state is `error`. */
  readonly problem?: Problem;
}

/** Request `hearth/search`. */
export interface SearchParams {
  readonly text: string;
  /** At most 100. */
  readonly limit: number;
  /** URI of the document the user is in. */
  readonly fromUri?: string;
}

export type SearchReason =
  | { readonly kind: 'words' | 'path'; readonly words: readonly string[] }
  | { readonly kind: 'meaning'; readonly similarity: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'near'; readonly how: 'imported' | 'sameFolder' | 'recentlyEdited' };

/** A citation. Lines count from 0; `endLine` is the first line after. */
export interface SearchHit {
  readonly uri: string;
  /** Relative to its workspace folder, `/`-separated. */
  readonly path: string;
  readonly languageId: string;
  /** From the outside in; empty for what has no name. */
  readonly symbolPath: readonly string[];
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
  readonly reasons: readonly SearchReason[];
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** False while the first pass is not done: there may be more to find. */
  readonly complete: boolean;
  readonly problem?: Problem;
}

/** Request `hearth/controlIndex`. `forget` deletes what is known of a folder (of all: `delete`) and stays away until `rebuild`. */
export type ControlIndex =
  | { readonly action: 'pause' | 'resume' | 'rebuild' | 'delete' }
  | { readonly action: 'forget'; readonly uri: string };

/** Request `hearth/lastContext`: what the last completion was given. */
export interface LastContext {
  /** Absent when no completion was made yet. */
  readonly completion?: {
    readonly uri?: string;
    readonly path: string;
    /** Counted from 0. */
    readonly line: number;
    readonly snippets: readonly ContextSnippet[];
  };
}

export interface ContextSnippet {
  /** Name of the context source. */
  readonly source: string;
  readonly path: string;
  /** Where it stands, as far as the source knows: for a link. Without a URI the editor looks for the path. */
  readonly uri?: string;
  /** Counted from 0. */
  readonly startLine?: number;
  readonly text: string;
  readonly reasons: readonly SearchReason[];
}
