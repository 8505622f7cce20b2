import type {
  AdapterSummary,
  ExampleView,
  LossPoint,
  PersonalOverview,
  PersonalStatus,
  ProofSummary,
  TrainingProgress,
} from '../../../../src/protocol/personalMessages.ts';

/** What an engine could answer after two weeks with somebody who writes TypeScript and some Python. */
const home = '/home/mina/atlas';
const day = 86_400_000;
/** 12 November 2026, 09:30 UTC. */
export const nowMs = Date.UTC(2026, 10, 12, 9, 30);

export const idle: PersonalStatus = { state: 'idle', examples: { usable: 214, fresh: 61, needed: 50 } };

const losses: readonly LossPoint[] = Array.from({ length: 84 }, (_, step) => ({
  step: step + 1,
  loss: 1.35 + 1.1 * Math.exp(-step / 28) + 0.22 * Math.sin(step * 2.3) * Math.cos(step * 0.71),
}));

export const progress: TrainingProgress = {
  place: { kind: 'personal' },
  step: 84,
  steps: 201,
  secondsLeft: 74.2,
  tokensPerSecond: 412.7,
  losses,
  validation: [
    { step: 0, loss: 2.41 },
    { step: 67, loss: 1.72 },
  ],
};

export const training: PersonalStatus = { ...idle, state: 'training', progress };

const proof: ProofSummary = {
  examples: 24,
  verdict: 'better',
  loss: { before: 1.912, after: 1.537 },
  exactMatch: { before: 0.208, after: 0.333 },
  editSimilarity: { before: 0.612, after: 0.738 },
  generalLoss: { before: 1.204, after: 1.209 },
  samples: [
    {
      path: 'src/store/queue.ts',
      languageId: 'typescript',
      prefix: '/** Oldest first. */\nexport function takeNext(queue: Queue): Job | undefined {\n  ',
      wanted: 'const [next, ...rest] = queue.jobs;\n  queue.jobs = rest;\n  return next;',
      before: 'if (queue.jobs.length === 0) {\n    return undefined;\n  }\n  return queue.jobs.shift();',
      after: 'const [next, ...rest] = queue.jobs;\n  queue.jobs = rest;\n  return next;',
    },
    {
      path: 'src/net/retry.ts',
      languageId: 'typescript',
      prefix: '  for (let attempt = 1; ; attempt++) {\n    ',
      wanted: 'try {\n      return await run(attempt);\n    } catch (cause) {',
      before: 'try {\n      return await fn();\n    } catch (e) {',
      after: 'try {\n      return await run();\n    } catch (cause) {',
    },
  ],
};

const adapter = (id: string, changes: Partial<AdapterSummary> = {}): AdapterSummary => ({
  id,
  name: 'Personal',
  kind: 'personal',
  baseName: 'Hearth starter',
  fits: true,
  rank: 16,
  createdMs: nowMs - day,
  examples: 153,
  bytes: 9_437_184,
  origin: 'trained',
  trainingSeconds: 131,
  ...changes,
});

const adapters: readonly AdapterSummary[] = [
  adapter('newest', { name: 'Personal, 11 November', proof }),
  adapter('older', {
    name: 'Personal, 4 November',
    createdMs: nowMs - 8 * day,
    examples: 92,
    proof: {
      ...proof,
      verdict: 'notBetter',
      loss: { before: 1.912, after: 1.908 },
      exactMatch: { before: 0.208, after: 0.208 },
      samples: [],
    },
  }),
  adapter('atlas', { name: 'Atlas', kind: 'project', folder: home, createdMs: nowMs - 3 * day, examples: 61, proof }),
  adapter('team', { name: 'Team conventions', kind: 'shared', origin: 'imported', examples: 0, rank: 8 }),
  adapter('qwen', {
    name: 'Personal',
    baseName: 'Qwen2.5-Coder 1.5B',
    fits: false,
    createdMs: nowMs - 20 * day,
    proof,
  }),
];

export const overview: PersonalOverview = {
  status: idle,
  automatic: { isOn: true, waitsFor: 'idle' },
  counts: {
    total: 231,
    usable: 214,
    languages: [
      { languageId: 'typescript', count: 168, isOn: true },
      { languageId: 'python', count: 46, isOn: true },
      { languageId: 'markdown', count: 17, isOn: false },
    ],
    folders: [
      { folder: home, count: 207 },
      { folder: '', count: 24 },
    ],
  },
  rules: { languages: ['markdown'], paths: ['vendor/', '*.generated.ts'] },
  adapters,
  model: { name: 'Hearth starter', sha256: 'a'.repeat(64) },
  inUse: [
    { id: 'atlas', place: { kind: 'project', folder: home }, scale: 1 },
    { id: 'newest', place: { kind: 'personal' }, scale: 0.85 },
  ],
  canRollBack: true,
  style: {
    folders: [
      {
        folder: home,
        families: [
          {
            family: 'ecmascript',
            name: 'TypeScript and JavaScript',
            traits: [
              {
                id: 'quotes',
                title: 'Quotes',
                text: 'Single quotes (97 % of 412 places)',
                choices: [
                  { value: 'single', text: 'Single quotes' },
                  { value: 'double', text: 'Double quotes' },
                ],
              },
              {
                id: 'semicolons',
                title: 'Semicolons',
                text: 'Semicolons (.prettierrc; 99 % of 1804 places)',
                choices: [
                  { value: 'always', text: 'Semicolons' },
                  { value: 'never', text: 'No semicolons' },
                ],
              },
              {
                id: 'functions',
                title: 'Functions at the top of a file',
                text: 'Functions as declarations: function f() {} (set by you; 81 % of 96 places)',
                setTo: 'declaration',
                choices: [
                  { value: 'declaration', text: 'Functions as declarations: function f() {}' },
                  { value: 'arrow', text: 'Functions as arrows: const f = () => {}' },
                ],
              },
              {
                id: 'loops',
                title: 'Loops',
                choices: [
                  { value: 'forOf', text: 'for … of rather than forEach' },
                  { value: 'forEach', text: 'forEach rather than for … of' },
                ],
              },
            ],
          },
          {
            family: 'python',
            name: 'Python',
            traits: [
              {
                id: 'quotes',
                title: 'Quotes',
                text: 'Double quotes (pyproject.toml)',
                choices: [
                  { value: 'single', text: 'Single quotes' },
                  { value: 'double', text: 'Double quotes' },
                ],
              },
            ],
          },
        ],
        lines: ['Errors of the disk carry the path.'],
        notes: ['eslint.config.js is a program and was not run: only what it writes down was read.'],
      },
    ],
  },
};

const samples: readonly Pick<
  ExampleView,
  'kind' | 'languageId' | 'path' | 'before' | 'text' | 'after' | 'offered' | 'kept'
>[] = [
  {
    kind: 'accepted',
    languageId: 'typescript',
    path: 'src/store/queue.ts',
    before: 'export function isIdle({ jobs }: Queue): boolean {\n  return ',
    text: 'jobs.every(({ state }) => state === "done");',
    after: '\n}\n',
    kept: 1,
  },
  {
    kind: 'instead',
    languageId: 'typescript',
    path: 'src/net/retry.ts',
    before: 'const pauseMs = ',
    text: 'firstPauseMs * 2 ** (attempt - 1);',
    offered: 'Math.min(1000 * attempt, 30000);',
    after: '\nawait delay(pauseMs, signal);\n',
    kept: 1,
  },
  {
    kind: 'accepted',
    languageId: 'python',
    path: 'scripts/report.py',
    before: 'def total(rows: list[Row]) -> int:\n    ',
    text: 'return sum(row.count for row in rows if row.is_open)',
    offered: 'return sum(row.count for row in rows)',
    after: '\n',
    kept: 0.74,
  },
  {
    kind: 'edit',
    languageId: 'typescript',
    path: 'src/ui/table.ts',
    before: '',
    text: 'function cellOf(row: Row, column: Column): string {\n  return column.format(row[column.key]);\n}',
    after: '\n',
    kept: 1,
  },
];

/** `count` examples, the newest first. */
export function examples(count: number, from = 500): readonly ExampleView[] {
  return Array.from({ length: count }, (_, at) => {
    const sample = samples[at % samples.length];
    if (!sample) throw new Error('There is no sample.');
    const id = from - at;
    return { ...sample, id, atMs: nowMs - at * 1_900_000, folder: at % 9 === 8 ? '' : home, excluded: at % 7 === 3 };
  });
}

export const openFolders = [{ name: 'atlas', path: home }];
