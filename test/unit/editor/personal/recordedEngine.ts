import type { PersonalEngine } from '../../../../src/editor/personal/pageActions.ts';
import type {
  ExampleView,
  PersonalOverview,
  PersonalStatus,
  TrainingEstimate,
} from '../../../../src/protocol/personalMessages.ts';
import { examples, overview } from './recordedPersonal.ts';

export interface RecordedEngine extends PersonalEngine {
  /** What it was asked to change, in order: the name of the request and its parameters. */
  readonly asked: unknown[];
  overviewNow: PersonalOverview;
  statusNow: PersonalStatus | undefined;
  estimateNow: TrainingEstimate;
  examplesNow: readonly ExampleView[];
  /** Every question fails with this, as long as it is set. */
  failure: string | undefined;
}

/** The wire with a recorded end: it answers what was recorded, and notes what it was asked to change. */
export function recordedEngine(): RecordedEngine {
  const asked: unknown[] = [];
  const note = async (...what: unknown[]) => {
    if (engine.failure !== undefined) throw new Error(engine.failure);
    asked.push(what);
  };
  const answer = async <T>(value: () => T): Promise<T> => {
    if (engine.failure !== undefined) throw new Error(engine.failure);
    return value();
  };
  const engine: RecordedEngine = {
    asked,
    overviewNow: overview,
    statusNow: overview.status,
    estimateNow: {
      ok: true,
      examples: 214,
      seconds: 118,
      memoryBytes: 1.2e9,
      freeBytes: 5.4e9,
      device: 'AMD Ryzen 7 7840U',
    },
    examplesNow: examples(60),
    failure: undefined,
    get status() {
      return this.statusNow;
    },
    overview: () => answer(() => engine.overviewNow),
    examples: ({ languageId, kind, folder, excluded, before, limit }) =>
      answer(() => {
        const fitting = engine.examplesNow.filter(
          (each) =>
            (languageId === undefined || each.languageId === languageId) &&
            (kind === undefined || each.kind === kind) &&
            (folder === undefined || each.folder === folder) &&
            (excluded === undefined || each.excluded === excluded) &&
            (before === undefined || each.id < before),
        );
        const page = fitting.slice(0, limit);
        const last = page.at(-1);
        return { examples: page, ...(fitting.length > limit && last && { next: last.id }) };
      }),
    changeExamples: (change) => note('changeExamples', change),
    setLearningRules: (rules) => note('setLearningRules', rules),
    estimate: () => answer(() => engine.estimateNow),
    train: async (wish) => {
      await note('train', wish);
      return { ok: true };
    },
    control: (order) => note('control', order),
    use: async (order) => {
      await note('use', order);
      return { ok: true };
    },
    compare: () => answer(() => ({ without: '', with: '' })),
    exportAdapter: async ({ into }) => ({ ok: true, folder: into }),
    importAdapter: async () => ({ ok: true }),
    editStyle: (edit) => note('editStyle', edit),
    forget: () => note('forget'),
  };
  return engine;
}
