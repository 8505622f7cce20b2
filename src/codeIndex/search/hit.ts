import type { ChunkKind } from '../chunk.ts';

/** What to look for. */
export interface SearchRequest {
  /** A question in words, a name, or code around a cursor. */
  readonly text: string;
  /** `question`: words of a person; `code`: the text around a cursor, where names count more than words. */
  readonly kind: 'question' | 'code';
  /** For `code`: what is named near the cursor and declared elsewhere, most wanted first (see `cursorRequest`). */
  readonly names?: readonly string[];
  readonly limit: number;
  /** The file the user is in; its neighbours are preferred, and for `code` the file itself is left out. */
  readonly from?: SearchOrigin;
  /** Paths (absolute), most recently edited first. */
  readonly recentlyEdited?: readonly string[];
}

interface SearchOrigin {
  /** Absolute. */
  readonly path: string;
  /** Workspace-relative or absolute paths that it imports, as far as they are known. */
  readonly imports: readonly string[];
}

/** Why a hit was found; every hit has at least one. */
export type Reason =
  /** BM25: these words of the request are in it. */
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Vectors: cosine similarity to the request. */
  | { readonly kind: 'meaning'; readonly similarity: number }
  /** It has this name. */
  | { readonly kind: 'name'; readonly name: string }
  /** Its path has these words. */
  | { readonly kind: 'path'; readonly words: readonly string[] }
  | { readonly kind: 'near'; readonly how: 'imported' | 'sameFolder' | 'recentlyEdited' };

/** A citation: where it is, what it says and why it was found. */
export interface Hit {
  /** Absolute path of the workspace folder, and the path in it. */
  readonly folder: string;
  readonly path: string;
  readonly languageId: string;
  readonly symbolPath: readonly string[];
  readonly kind: ChunkKind;
  readonly startLine: number;
  readonly endLine: number;
  readonly header: string;
  readonly text: string;
  /** Fused; only compared within one answer. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}
