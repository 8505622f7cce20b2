import { silentLogger } from '../../../../src/base/logger.ts';
import { EventStore } from '../../../../src/personalize/events/eventStore.ts';
import { eventsPerFlush, example, rows, shown } from './storedEvents.ts';

/**
 * A process of its own that records: `node writer.ts <data folder> <name> <flushes, 0 is without end> [itself]`.
 * Each flush is one transaction of `eventsPerFlush` completions; its name is printed when it is in the file. With
 * `itself` the store is left to flush by itself.
 */
const [, , dataFolder = '', name = '', flushes = '0', who] = process.argv;
const store = new EventStore({
  dataFolder,
  mayStore: async () => true,
  log: silentLogger,
  onProblem: (problem) => process.stderr.write(`${JSON.stringify(problem)}\n`),
});

for (let i = 1; Number(flushes) === 0 || i <= Number(flushes); i++) {
  const flush = `${name}:${i}`;
  for (let n = 0; n < eventsPerFlush; n++) {
    store.add('file:///w/a.ts', shown(`${flush}:${n}`));
    store.add('file:///w/a.ts', example(`${flush}:${n}`, 'some text to learn from\n'.repeat(100)));
  }
  if (who !== 'itself') await store.flush();
  else while (!isWritten(flush)) await new Promise((resolve) => setImmediate(resolve));
  process.stdout.write(`${flush}\n`);
}
await store[Symbol.asyncDispose]();

function isWritten(flush: string): boolean {
  try {
    return rows(dataFolder, `SELECT 1 FROM example WHERE key = '${flush}:0'`).length > 0;
  } catch {
    // Not made yet.
    return false;
  }
}
