import { fileOf } from '../../base/fileOf.ts';
import type { PlannedFile } from '../../edits/plan/editPlan.ts';
import { ProblemError } from '../../protocol/problems.ts';
import type {
  AppliedEdits,
  AppliedResult,
  CheckEdits,
  CheckedEdits,
  CheckpointList,
  EditPlanView,
  RollBack,
  RollBackPlan,
} from '../../protocol/editMessages.ts';
import { pathInside } from '../../privacy/exclusion.ts';
import { isBrokenBy } from './brokenBy.ts';
import type { Checkpoints } from './checkpoints.ts';
import { partOf, whyNotNow } from './checkPlan.ts';
import type { EditSources } from './editSources.ts';
import { goBack } from './goBack.ts';
import type { KeptPlan, KeptPlans } from './keptPlans.ts';
import { planView } from './planView.ts';
import type { Checkpoint } from './readCheckpoint.ts';

export interface WrittenEditsOptions {
  readonly sources: EditSources;
  readonly plans: KeptPlans;
  readonly checkpoints: Checkpoints;
  /** Hears of every file that the user let be written. `model` is undefined for what was rolled back. */
  readonly onWritten: (file: PlannedFile, model: string | undefined) => void;
}

/** What happens around the moment at which a client writes: the check right before, the note after, and the way back. */
export class WrittenEdits {
  readonly #options: WrittenEditsOptions;
  /** What is being written, by its checkpoint: what `applied` speaks of. */
  readonly #writing = new Map<string, Writing>();
  /** The checkpoint that single hunks of a plan go on with, as long as nobody else changed the file in between. */
  readonly #chains = new Map<string, Checkpoint>();

  constructor(options: WrittenEditsOptions) {
    this.#options = options;
  }

  async check({ plan: id, confirmed, part }: CheckEdits): Promise<CheckedEdits> {
    const { sources, plans, checkpoints } = this.#options;
    const kept = plans.get(id);
    if (kept === undefined || !kept.plan.isComplete) return { ok: false, problem: { code: 'edits.gone' } };
    const files = part === undefined ? kept.plan.files : partIn(kept, part);
    if (files.length === 0) return { ok: false, problem: { code: 'edits.gone' } };
    const refused = await whyNotNow(files, confirmed, sources);
    if (refused !== undefined) return refused;
    try {
      const goneOnWith = part && goneOn(this.#chains.get(id), files);
      const checkpoint = await checkpoints.keep(goneOnWith?.files ?? files, goneOnWith?.id);
      this.#writing.set(checkpoint.id, { files, ...(part && { checkpoint }) });
      return { ok: true, checkpoint: checkpoint.id };
    } catch (cause) {
      if (cause instanceof ProblemError) return { ok: false, problem: cause.problem };
      throw cause;
    }
  }

  async applied({ plan: id, checkpoint, isWritten }: AppliedEdits): Promise<AppliedResult> {
    const { sources, plans, checkpoints, onWritten } = this.#options;
    const { files = [], checkpoint: part } = this.#writing.get(checkpoint) ?? {};
    this.#writing.delete(checkpoint);
    if (!isWritten) {
      const chain = this.#chains.get(id);
      if (chain?.id === checkpoint) await checkpoints.keep(chain.files, chain.id);
      else await checkpoints.drop(checkpoint);
      return { broken: [] };
    }
    if (part !== undefined) this.#chains.set(id, part);
    const broken: string[] = [];
    for (const file of files) {
      onWritten(file, plans.get(id)?.model);
      if (file.kind === 'delete') continue;
      const { path, inside } = file.kind === 'rename' ? file.to : file.target;
      const before = file.kind === 'create' ? undefined : file.before.text;
      if (await isBrokenBy(sources.syntax, path, before, file.after)) broken.push(inside);
    }
    return { broken };
  }

  /** Of the folders that are open. */
  async list(): Promise<CheckpointList> {
    const { folders } = this.#options.sources.targets();
    const isOpen = (path: string) => folders.some((folder) => pathInside(folder, path) !== undefined);
    const all = await this.#options.checkpoints.list();
    return {
      checkpoints: all
        .filter(({ files }) => files.every(({ target }) => isOpen(target.path)))
        .map(({ id, atMs, files }) => ({ id, atMs, paths: files.map(({ target }) => target.inside) })),
    };
  }

  /** Rejects with a `ProblemError` (`edits.gone`). */
  async rollBack({ checkpoint: id, force = false }: RollBack): Promise<RollBackPlan> {
    const { sources, plans, checkpoints } = this.#options;
    const checkpoint = await checkpoints.get(id);
    if (checkpoint === undefined) throw new ProblemError({ code: 'edits.gone' });
    const { files, changedSince } = await goBack(checkpoint.files, sources, force);
    const kept = plans.keep({ files, outcomes: [], isComplete: true });
    const plan: EditPlanView = await planView(kept.id, kept.plan, [], sources.syntax);
    return { plan, changedSince };
  }
}

interface Writing {
  readonly files: readonly PlannedFile[];
  /** Of a part of a plan. */
  readonly checkpoint?: Checkpoint;
}

/** One checkpoint for all hunks that are accepted one after the other; undefined when a new one has to begin. */
function goneOn(chain: Checkpoint | undefined, [next]: readonly PlannedFile[]): Omit<Checkpoint, 'atMs'> | undefined {
  const [first] = chain?.files ?? [];
  if (chain === undefined || first?.kind !== 'change' || next?.kind !== 'change') return undefined;
  const isNext = first.target.path === next.target.path && first.after === next.before.text;
  return isNext ? { id: chain.id, files: [{ ...first, after: next.after }] } : undefined;
}

function partIn({ plan }: KeptPlan, { uri, before, after }: NonNullable<CheckEdits['part']>): readonly PlannedFile[] {
  const path = fileOf(uri);
  const part = partOf(
    plan.files.find(({ target }) => target.path === path),
    before,
    after,
  );
  return part === undefined ? [] : [part];
}
