import type { Example } from './example.ts';
import { countExamples, type ExampleCounts } from './exampleCounts.ts';
import { type ExampleQuery, readExamples } from './exampleRows.ts';
import type { ExampleStore } from './exampleStore.ts';
import { type LearningRules, mayLearnBy, readRules, writeRules } from './learningRules.ts';

interface ExamplePage {
  readonly examples: readonly Example[];
  /** To be given as `before` for the next page; absent on the last one. */
  readonly next?: number;
}

/**
 * What there is to learn from, as the user sees it and as training reads it. Every window's examples; each sees at once
 * what another one changed. All reject with `ProblemError` when the store cannot be used.
 */
export interface ExampleBook {
  /** The newest first. A page for training may hold fewer than `limit`, and none: there are more as long as there is `next`. */
  page(query: ExampleQuery): Promise<ExamplePage>;
  /** @param sinceMs What counts as fresh, ms since 1970. */
  counts(sinceMs: number): Promise<ExampleCounts>;
  /** The user's no to one example, or yes after all. */
  setExcluded(id: number, excluded: boolean): Promise<void>;
  /** Deletes for good: afterwards no file holds any of them. */
  delete(ids: readonly number[]): Promise<void>;
  /** Deletes every example for good, and what would have become one. The rules stay. */
  deleteAll(nowMs: number): Promise<void>;
  rules(): Promise<LearningRules>;
  /** In force at once, in every window. Examples of before stay, but are not trained on while a rule forbids it. */
  setRules(rules: LearningRules): Promise<void>;
}

const noRules: LearningRules = { languages: [], paths: [] };
const noExamples: ExampleCounts = { total: 0, usable: 0, fresh: 0, languages: [], folders: [] };

export function createExampleBook(store: ExampleStore): ExampleBook {
  return {
    async page(query) {
      const page = await store.read((database): ExamplePage => {
        const examples = readExamples(database, query);
        const last = examples.length < query.limit ? undefined : examples.at(-1)?.id;
        const next = last === undefined ? {} : { next: last };
        if (query.forTraining !== true) return { examples, ...next };
        return { examples: examples.filter(mayLearnBy(readRules(database))), ...next };
      });
      return page ?? { examples: [] };
    },
    async counts(sinceMs) {
      const counts = await store.read((database) => countExamples(database, mayLearnBy(readRules(database)), sinceMs));
      return counts ?? noExamples;
    },
    async setExcluded(id, excluded) {
      await store.change((database) =>
        database.prepare('UPDATE example SET excluded = ? WHERE id = ?').run(Number(excluded), id),
      );
    },
    delete: (ids) =>
      store.erase((database) => {
        const remove = database.prepare('DELETE FROM example WHERE id = ?');
        for (const id of ids) remove.run(id);
      }),
    deleteAll: (nowMs) => store.deleteExamples(nowMs),
    rules: async () => (await store.read(readRules)) ?? noRules,
    setRules: (rules) => store.change((database) => writeRules(database, rules)),
  };
}
