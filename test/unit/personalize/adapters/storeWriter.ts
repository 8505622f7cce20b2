import { silentLogger } from '../../../../src/base/logger.ts';
import { AdapterStore } from '../../../../src/personalize/adapters/adapterStore.ts';
import type { Uses } from '../../../../src/personalize/adapters/uses.ts';
import { facts, toyAdapter, toyBase, toyHash } from './toyAdapters.ts';

/** What the process says before and after each step. */
export interface Line {
  readonly begun?: { readonly step: string; readonly id?: string };
  readonly done?: { readonly ids: readonly string[]; readonly uses: Uses };
}

/** The adapter with this number; its card has the number as its name. */
export const numbered = (number: number) => toyAdapter(toyBase(), 128, number);

const [least, most] = [2, 6];

function say(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A process of its own that changes a store until it is killed: `node storeWriter.ts <folder> <number>`. */
async function main([folder = '', start = '']: readonly string[]): Promise<void> {
  const store = await AdapterStore.open({ folder, log: silentLogger, leftoverMs: 0 });
  const told = async () => say({ done: { ids: (await store.list()).map(({ id }) => id), uses: await store.uses() } });
  await told();
  for (let number = Number(start); ; number++) {
    const ids = (await store.list()).map(({ id }) => id);
    const id = ids[scattered(number + 1) % ids.length] ?? '';
    const place = { base: toyHash, folder: ['', '/w', '/v'][number % 3] ?? '' };
    const add = () => store.add(numbered(number), facts(String(number)), toyBase());
    const remove = () => store.remove(id);
    // What takes several writes comes twice as often.
    const steps: readonly (readonly [step: string, run: () => Promise<unknown>])[] = [
      ...(ids.length < most
        ? ([
            ['add', add],
            ['add', add],
          ] as const)
        : []),
      ...(ids.length > least
        ? ([
            ['remove', remove],
            ['remove', remove],
          ] as const)
        : []),
      ...(ids.length > 0
        ? ([
            ['select', () => store.select(place, { id, scale: 1 })],
            ['rescale', () => store.rescale(place, (number % 15) / 10)],
            ['rollBack', () => store.rollBack(place)],
          ] as const)
        : []),
    ];
    const [step, run] = steps[scattered(number) % steps.length] ?? ['add', add];
    say({ begun: { step, id } });
    await run();
    await told();
  }
}

/** The same number for the same number, in no order. */
function scattered(number: number): number {
  return Math.floor(Math.abs(Math.sin(number) * 1e6));
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
