import type { Block } from '../match/block.ts';
import type { Refusal } from '../refusal.ts';

/** One change that an answer asks for. */
export interface Proposal {
  /** As the model wrote it, or as the context names it; '' when nothing does. */
  readonly path: string;
  /** Where in the answer it begins, counted from 1. */
  readonly line: number;
  readonly change: Change;
  /** Why it cannot be made, known from the answer alone. `unfinished` while it is being written. */
  readonly problem?: Refusal;
}

export type Change =
  | {
      readonly kind: 'block';
      readonly block: Block;
      /** Whether the file's last line shall have a line end; a unified diff can say so. */
      readonly finalNewline?: boolean;
    }
  | {
      /** The whole text of a file, there or not. */
      readonly kind: 'whole';
      readonly lines: readonly string[];
      /** The first line is a comment that names the file: part of it only if it was before. */
      readonly hasPathComment: boolean;
    }
  /** A file that must not be there yet. */
  | { readonly kind: 'create'; readonly lines: readonly string[]; readonly finalNewline: boolean }
  | { readonly kind: 'delete' }
  | { readonly kind: 'rename'; readonly to: string };

export interface AnswerContext {
  /** Paths of the files that the prompt showed, as it named them. */
  readonly files: readonly string[];
  /** False while the answer is being written: what may still go on is `unfinished`. */
  readonly isComplete: boolean;
  /** The prompt asked for whole files: a code block that only mentions one is it, and one without any the only one shown. */
  readonly expects?: 'wholeFiles';
}
