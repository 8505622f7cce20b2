import { createHash } from 'node:crypto';
import type { How } from '../match/block.ts';
import type { Refusal } from '../refusal.ts';
import type { Protection } from '../target/protectedFiles.ts';
import type { Target } from '../target/target.ts';

/** A file as it is open in the editor, or else on the disk. */
export interface CurrentFile {
  readonly text: string;
  /** The editor's number for this text, if it has it open. */
  readonly version?: number;
}

/** A file as it was when the plan was made. */
export interface BeforeFile extends CurrentFile {
  /** SHA-256 of the text, in hex. */
  readonly hash: string;
}

/** What becomes of one file. The targets are to be checked again right before writing. */
export type PlannedFile =
  | { readonly kind: 'create'; readonly target: Target; readonly after: string }
  | { readonly kind: 'change'; readonly target: Target; readonly before: BeforeFile; readonly after: string }
  | { readonly kind: 'delete'; readonly target: Target; readonly before: BeforeFile }
  | {
      readonly kind: 'rename';
      readonly target: Target;
      readonly to: Target;
      readonly before: BeforeFile;
      /** The same as before, unless it is changed as well. */
      readonly after: string;
    };

/** What became of one proposal of the answer. */
export type Outcome =
  | { readonly state: 'applied'; readonly how?: How; readonly fuzz?: number }
  /** It changes nothing: a repetition, or what is so already. */
  | { readonly state: 'skipped' }
  | { readonly state: 'refused'; readonly refusal: Refusal };

/** All that an answer changes, for several files at once. */
export interface EditPlan {
  /** One per file, in the order in which the answer comes to them. What does not change is left out. */
  readonly files: readonly PlannedFile[];
  /** One per proposal of the answer, in its order. */
  readonly outcomes: readonly Outcome[];
  /** No proposal was refused. Only such a plan may be carried out, and only as a whole. */
  readonly isComplete: boolean;
}

export function beforeFile({ text, version }: CurrentFile): BeforeFile {
  return { text, hash: hashOf(text), ...(version !== undefined && { version }) };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What a person has to say yes to, one by one, before the plan is carried out. */
export function confirmationsOf(
  plan: EditPlan,
): readonly { readonly inside: string; readonly protection: Protection }[] {
  return plan.files
    .flatMap((file) => (file.kind === 'rename' ? [file.target, file.to] : [file.target]))
    .flatMap(({ inside, confirm }) => (confirm === undefined ? [] : [{ inside, protection: confirm }]));
}

/** A file that is rewritten so that little of it stays: what a model that forgot most of it does as well. */
export function isMostlyDropped(file: PlannedFile): boolean {
  if (file.kind !== 'change') return false;
  const [before, after] = [linesOf(file.before.text), linesOf(file.after)];
  const kept = new Set(after);
  return (
    before.length >= minLines &&
    before.filter((line) => kept.has(line)).length * 2 < before.length &&
    after.length * 2 < before.length
  );
}

const minLines = 10;

function linesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}
