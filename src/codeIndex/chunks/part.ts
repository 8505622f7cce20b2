import type { ChunkKind } from '../chunk.ts';
import type { LineRange } from './blankLineBlocks.ts';

/** A named stretch of a file's lines, made of parts. Every format of file is brought into this form before it is cut. */
export interface Part extends LineRange {
  /** A `scope` gives its name to what is inside and is no chunk of its own. */
  readonly kind: ChunkKind | 'scope';
  /** Relative to the part around; empty for what has no name. */
  readonly names: readonly string[];
  /** The line that stands for this part in the headers of what is inside. */
  readonly signature: number;
  /** In order, disjoint, inside the range. */
  readonly children: readonly Part[];
}
