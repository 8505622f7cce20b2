// A child process of tests: writes to a store until it is killed, and says what was acknowledged.
// Usage: node writer.ts <location> <prefix> <rounds>
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { change, optionsFor } from './storeFixture.ts';

const [location = '', prefix = '', rounds = '1000'] = process.argv.slice(2);
const { store, rebuilt } = await openStore(optionsFor(location));
process.stdout.write(`opened ${rebuilt ?? 'as it was'}\n`);
for (let round = 0; round < Number(rounds); round++) {
  const path = `${prefix}${round % 20}.ts`;
  const content = Array.from({ length: 6 }, (_, at) => `${prefix}name${at} round${round} of ${prefix}`).join('\n');
  const removed = round % 7 === 6 ? [`${prefix}${(round - 3) % 20}.ts`] : [];
  const orphans = round % 5 === 0 ? 'park' : 'delete';
  await store.apply(change({ [path]: content }, { removed, orphans }));
  process.stdout.write(`${JSON.stringify({ path, round, removed })}\n`);
  if (round % 10 === 9) await store.tidy(new AbortController().signal);
}
await store[Symbol.asyncDispose]();
process.stdout.write('closed\n');
