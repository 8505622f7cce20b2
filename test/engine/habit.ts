import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRecorder } from '../../src/personalize/events/recorder.ts';

/** A developer with a habit that no model guesses: every function ends with a note in a ledger, spaced like nobody does. */

const nouns = ['order', 'invoice', 'parcel', 'ticket', 'client', 'basket', 'refund', 'coupon', 'address', 'payment'];
const verbs = ['save', 'close', 'merge', 'renew', 'cancel', 'export', 'assign', 'archive', 'approve', 'split'];

/** How such a function begins, with what is typed of its last line: the model is asked how that line goes on. */
export function beginning(verb: string, noun: string): string {
  const name = verb + noun[0]?.toUpperCase() + noun.slice(1);
  return `export function ${name}(${noun}) {\n  store.${verb}(${noun});\n  ledger`;
}

export const ending = '\n}\n';

/** What the developer writes there. */
export function habit(verb: string, noun: string): string {
  return `.note( ${noun}.id , '${verb}' );`;
}

/** How to recognise it in what a model wrote: by the call. What a small model makes of the rest differs from training to training. */
export const habitual = /\.note\b/;

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem));
}

/**
 * Fills a new data folder as a hundred accepted edits would, an hour apart, through the recorder itself.
 *
 * @param folder the workspace folder they were made in
 * @returns how many there are
 */
export async function teachHabit(dataFolder: string, folder: string): Promise<number> {
  let nowMs = Date.now() - 200 * 3_600_000;
  await using recorder = createRecorder({
    dataFolder,
    enabled: () => true,
    isExcluded: async () => false,
    mayLearn: () => () => true,
    clock: { now: () => nowMs, after: () => ({ [Symbol.dispose]() {} }) },
    log: { debug() {}, info() {}, warn: fail, error: fail },
    onProblem: fail,
  });
  const pairs = verbs.flatMap((verb, at) =>
    nouns.map((_, shift) => [verb, nouns[(at + shift) % nouns.length]] as const),
  );
  for (const [verb, noun = ''] of pairs) {
    nowMs += 3_600_000;
    const path = `src/${noun}/${verb}.js`;
    const uri = pathToFileURL(join(folder, path)).href;
    const place = { prefix: beginning(verb, noun), text: habit(verb, noun), suffix: ending };
    recorder.teach({ uri, path, folder, languageId: 'javascript', model: 'starter', ...place });
  }
  return pairs.length;
}
