import type { EditorProblem } from './chatMessages.ts';
import type { Problem } from './problems.ts';

/**
 * The part of the wire that changes files. One entry per message: who sends it, and why. The engine reads answers, finds
 * places, judges paths and keeps checkpoints, and never writes a file of the user's; a client shows what would change,
 * asks, and writes. Texts have `\n` line ends and no byte order mark, whatever a file has; lines are 1-based and
 * inclusive unless said otherwise. Ids are the engine's and mean nothing to a client.
 */
export const EditMessage = {
  /** Request, client -> engine: what an answer, or one code block of it, would change. Params: `PlanAnswer`; result: `EditPlanView`. */
  plan: 'hearth/edits/plan',
  /**
   * Request, client -> engine, cancellable: let the model write a change. The newest wins: one under way is ended.
   * Params: `Act`; result: `ActResult`.
   */
  act: 'hearth/edits/act',
  /**
   * Request, client -> engine, cancellable, once after the change of an `act` was written and did not do what it should:
   * let the model mend it. Params: `RepairAct`; result: `ActResult`.
   */
  repair: 'hearth/edits/repair',
  /** Notification, engine -> client, while a change is written. Params: `ActProgress`. */
  progress: 'hearth/edits/progress',
  /** Request, client -> engine, before an action is offered; cheap. No params; result: `CanAct`. */
  canAct: 'hearth/edits/canAct',
  /**
   * Request, client -> engine, right before writing: whether paths and texts are still those of the plan. Keeps the
   * checkpoint when they are. Params: `CheckEdits`; result: `CheckedEdits`.
   */
  check: 'hearth/edits/check',
  /** Request, client -> engine, after writing, or when that failed. Params: `AppliedEdits`; result: `AppliedResult`. */
  applied: 'hearth/edits/applied',
  /** Request, client -> engine: what can be rolled back, newest first. No params; result: `CheckpointList`. */
  checkpoints: 'hearth/edits/checkpoints',
  /** Request, client -> engine: a plan that leads back. Writes nothing. Params: `RollBack`; result: `RollBackPlan`. */
  rollBack: 'hearth/edits/rollBack',
} as const;

export interface PlanAnswer {
  /** `answer`: Markdown with whatever it holds; `code`: the inside of one of its code blocks. */
  readonly kind: 'answer' | 'code';
  readonly text: string;
  /** Of a code block: what stands behind its opening marks. */
  readonly info?: string;
  /** URI of the workspace folder that relative paths are tried in first. */
  readonly folder?: string;
  /** Paths of the files that the model was shown, as it was shown them. */
  readonly files?: readonly string[];
  /** Where it belongs when it does not say so itself. */
  readonly target?: { readonly uri: string };
  /** Who wrote it, for what is learned from it. */
  readonly model?: string;
}

interface LineSpan {
  readonly startLine: number;
  readonly endLine: number;
}

/** What would become of files. Only one without refusals may be carried out, and only as a whole. */
export interface EditPlanView {
  readonly id: string;
  readonly files: readonly PlannedFileView[];
  readonly refused: readonly RefusedEdit[];
  /**
   * The text is code that says neither where it belongs nor that it is a file: a model has to work it in (`act` of the
   * kind `apply`) into this file.
   */
  readonly needsModel?: { readonly uri: string };
}

export interface PlannedFileView {
  readonly kind: 'create' | 'change' | 'delete' | 'rename';
  readonly uri: string;
  /** Relative to its workspace folder, `/`-separated. */
  readonly path: string;
  /** Of a renaming: where to. */
  readonly to?: { readonly uri: string; readonly path: string };
  /** Absent for a file that is created. */
  readonly before?: string;
  /** Absent for one that is deleted. */
  readonly after?: string;
  /** What turns `before` into `after`, in order; of a change or renaming. */
  readonly hunks: readonly HunkView[];
  /** A person has to say yes to this file by itself: who would obey it, or run it. */
  readonly confirm?: ProtectedKind;
  /** It can be parsed, and could not be any more. */
  readonly breaks?: true;
  /** Most of it would be gone. */
  readonly drops?: true;
}

/** Whole lines that take the place of whole lines. */
export interface HunkView {
  /** In the text before, counted from 0: that of the first removed, or before which is added. */
  readonly line: number;
  /** With their line ends; only the last of a file may have none. '' for what is only added. */
  readonly removed: string;
  readonly added: string;
}

/** Who would obey a file, or run it. */
export type ProtectedKind =
  | 'editor'
  | 'git'
  | 'agent'
  | 'hearth'
  | 'packages'
  | 'installed'
  | 'build'
  | 'pipeline'
  | 'shell'
  | 'hardLink';

/** A part of an answer that cannot be carried out. */
export interface RefusedEdit {
  /** As the model wrote it; '' when it did not. */
  readonly path: string;
  /** Where in the answer it begins. */
  readonly line: number;
  readonly reason: EditRefusal;
}

export type EditRefusal =
  | { readonly code: 'noPath' | 'unfinished' | 'emptySearch' | 'noFile' }
  | { readonly code: 'malformed' | 'contradiction'; readonly what: string }
  | { readonly code: 'omission'; readonly text: string }
  | { readonly code: 'ambiguous'; readonly lines: readonly number[] }
  | { readonly code: 'alreadyThere'; readonly span: { readonly first: number; readonly last: number } }
  | {
      readonly code: 'notFound';
      readonly nearest?: { readonly line: number; readonly has: string; readonly wanted: string };
    }
  | { readonly code: 'outdated'; readonly span: { readonly first: number; readonly last: number } }
  | { readonly code: 'exists'; readonly path: string }
  | { readonly code: 'target'; readonly asked: string; readonly problem: TargetProblemView };

export type TargetProblemView =
  | { readonly code: 'path'; readonly what: string }
  | { readonly code: 'outside' | 'noFolder' | 'whichFolder' | 'excluded' | 'changed' }
  | { readonly code: 'link' | 'notFile'; readonly at: string }
  | { readonly code: 'otherCase'; readonly there: string }
  | { readonly code: 'unreadable'; readonly reason: string };

/** `apply`: work code that a model wrote before into a file. */
export type ActKind = 'fix' | 'document' | 'tests' | 'refactor' | 'instruction' | 'apply';

export interface Act {
  /** The client's name for this, new each time. */
  readonly action: string;
  readonly kind: ActKind;
  readonly uri: string;
  /** What is selected, or the line of the cursor: the declaration around it is meant then. */
  readonly range: LineSpan;
  /** Of a fix: what is to be gone. */
  readonly problems?: readonly EditorProblem[];
  /** Of an instruction or refactoring: what the user said. */
  readonly instruction?: string;
  /** Of the kind `apply`. */
  readonly code?: string;
}

export interface RepairAct {
  readonly action: string;
  /** What is wrong now: what was to be gone and is not, and what is new. */
  readonly problems: readonly EditorProblem[];
  /** The file cannot be parsed any more. */
  readonly isBroken: boolean;
}

export interface ActProgress {
  readonly action: string;
  /** `reading`: the model reads; `repairing`: what it wrote could not be used, and it writes anew. */
  readonly stage: 'gathering' | 'reading' | 'writing' | 'repairing';
  /** Written so far. */
  readonly characters: number;
}

export type ActResult =
  | {
      readonly ok: true;
      readonly plan: EditPlanView;
      readonly model: string;
      /** What the model said beside the change; '' when nothing. Text of a model. */
      readonly said: string;
      /** The one repair round was needed already. */
      readonly isRepaired: boolean;
    }
  | { readonly ok: false; readonly problem: Problem };

/** `model` is absent, and says nothing yet, while one is being loaded. */
export type CanAct = { readonly model?: string } | { readonly problem: Problem };

export interface CheckEdits {
  readonly plan: string;
  /** Paths that a person said yes to, each by itself. */
  readonly confirmed: readonly string[];
  /** Only a part of the plan is written, as when single hunks are accepted: the texts of now and of then. Absent: all of it. */
  readonly part?: { readonly uri: string; readonly before: string; readonly after: string };
}

export type CheckedEdits =
  /** Now write, and then say so. */
  | { readonly ok: true; readonly checkpoint: string }
  /** Write nothing. `changed`: another text than the plan's; `moved`: another file or link at its place, or newly protected. */
  | {
      readonly ok: false;
      readonly stale: readonly { readonly path: string; readonly why: 'changed' | 'gone' | 'appeared' | 'moved' }[];
    }
  | { readonly ok: false; readonly unconfirmed: readonly string[] }
  | { readonly ok: false; readonly problem: Problem };

export interface AppliedEdits {
  readonly plan: string;
  readonly checkpoint: string;
  /** False: nothing was written, and there is nothing to go back from. */
  readonly isWritten: boolean;
}

export interface AppliedResult {
  /** Paths of files that could be parsed and cannot be any more. */
  readonly broken: readonly string[];
}

export interface CheckpointList {
  readonly checkpoints: readonly CheckpointView[];
}

export interface CheckpointView {
  readonly id: string;
  /** Unix time in milliseconds. */
  readonly atMs: number;
  /** Of the files that go back with it. */
  readonly paths: readonly string[];
}

export interface RollBack {
  readonly checkpoint: string;
  /** Also what was changed after it was written; that is lost then. Default: false. */
  readonly force?: boolean;
}

export interface RollBackPlan {
  /** Of the files that are as they were written. */
  readonly plan: EditPlanView;
  /** Paths of files that somebody changed since: they are in the plan only with `force`. */
  readonly changedSince: readonly string[];
}
