import type { Example } from '../../../../src/personalize/examples/example.ts';
import { randomFrom } from '../../../../src/base/random.ts';

/** An example with what a test does not care for filled in. */
export function example(parts: Partial<Example> = {}): Example {
  return {
    id: 1,
    atMs: 1_000,
    kind: 'accepted',
    languageId: 'typescript',
    path: 'src/a.ts',
    folder: '/home/me/project',
    prefix: '',
    suffix: '\n',
    text: 'total(a, b);',
    kept: 1,
    snippets: [],
    excluded: false,
    ...parts,
  };
}

const languages = ['typescript', 'typescript', 'typescript', 'python', 'go'];
const kinds: readonly Example['kind'][] = ['accepted', 'accepted', 'instead', 'typed', 'edit'];
const minuteMs = 60_000;

/** So many examples as a developer makes them, one a minute: some texts come again, some nearly. The newest first. */
export function madeUpExamples(count: number, seed = 1): Example[] {
  const random = randomFrom(seed);
  const one = (from: number) => Math.floor(random() * from);
  // Few words are frequent, most are rare, as in code.
  const word = () => `name${Math.floor(3_000 * random() ** 3)}`;
  const line = () => Array.from({ length: 4 + one(6) }, word).join([' ', '.', '(', ', '][one(4)]);
  const made: Example[] = [];
  for (let at = 0; at < count; at++) {
    const before = made.at(-1 - one(50));
    const isAgain = before !== undefined && random() < 0.1;
    made.push(
      example({
        id: at + 1,
        atMs: at * minuteMs,
        kind: kinds[one(kinds.length)] ?? 'typed',
        languageId: languages[one(languages.length)] ?? 'go',
        path: `src/file${one(200)}.ts`,
        prefix: isAgain ? before.prefix : `${line()}\n${line()}\n  const ${word()} = `,
        text: isAgain ? before.text : `${line()};`,
        suffix: isAgain ? before.suffix : `\n${line()}\n`,
        kept: random() < 0.8 ? 1 : random(),
      }),
    );
  }
  return made.toReversed();
}

/** How long a step takes, ms. */
export function timed(step: () => unknown): number {
  const startMs = performance.now();
  step();
  return performance.now() - startMs;
}

/** What is far from linear takes minutes for 50,000 examples; a busy machine takes a few seconds for what is not. */
export const patienceMs = 5_000;
