// A child process of tests, for which a file may not grow beyond a limit: the errors are those of a full disk.
// Usage: node smallDisk.ts <location>. Says what happened as JSON.
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { change, found, optionsFor } from './storeFixture.ts';

const [location = ''] = process.argv.slice(2);
const { store } = await openStore(optionsFor(location));
await using _ = store;
await store.apply(change({ 'small.ts': 'alpha one' }));
// Text that does not shrink: random letters.
const line = (): string => `big ${Array.from({ length: 40 }, () => Math.random().toString(36)).join('')}`;
const big = change({ 'big.ts': Array.from({ length: 2_000 }, line).join('\n') });
const refusal = await store.apply(big).then(
  () => 'none',
  (cause: unknown) => (cause instanceof Error ? cause.name : String(cause)),
);
const afterwards = found(await store.byTerms(['alpha'], 5));
await store.apply(change({ 'other.ts': 'alpha two' }));
const later = found(await store.byTerms(['alpha'], 5));
process.stdout.write(JSON.stringify({ refusal, afterwards, later, files: [...store.files.keys()] }));
