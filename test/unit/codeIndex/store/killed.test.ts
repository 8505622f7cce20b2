import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openReader } from '../../../../src/codeIndex/store/openReader.ts';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { found, optionsFor, scratch } from './storeFixture.ts';

const rounds = 5;
/** Long enough for the first writes, short enough for some to be cut in two. */
const killAfterMs = (round: number): number => 20 + ((round * 137) % 400);

interface Line {
  readonly path: string;
  readonly round: number;
  readonly removed: readonly string[];
}

describe('a store whose writer is killed', () => {
  it('has everything that was acknowledged, and opens', async function () {
    this.timeout(60_000);
    using place = scratch();
    for (let round = 0; round < rounds; round++) {
      const prefix = `run${round}x`;
      const lines = await killedWriter(place.location, prefix, killAfterMs(round));
      const { store, rebuilt } = await openStore(optionsFor(place.location));
      await using _ = store;
      assert.equal(rebuilt, undefined, 'nothing was lost');
      const expected = new Map<string, number>();
      for (const line of lines) {
        for (const path of line.removed) expected.delete(path);
        expected.set(line.path, line.round);
      }
      // The writer may have done one more round than it could tell of.
      const next = lines.length;
      for (const [path, at] of expected) {
        if (path === `${prefix}${next % 20}.ts` || path === `${prefix}${(next - 3) % 20}.ts`) continue;
        const hits = found(await store.byTerms([`round${at}`], 200)).filter((hit) => hit.startsWith(`${path}:`));
        assert.equal(hits.length, 6, `all of ${path}, and no chunk twice`);
      }
      const stored = [...store.files.values()].filter(({ path }) => path.startsWith(prefix));
      assert(stored.length >= expected.size - 1 && stored.length <= expected.size + 1);
    }
  });

  it('can be read by others while that happens', async function () {
    this.timeout(30_000);
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await store[Symbol.asyncDispose]();
    await using reader = await openReader(optionsFor(place.location));
    const writer = killedWriter(place.location, 'r', 1_500);
    let seen = 0;
    const done = writer.then(() => 'done' as const);
    while ((await Promise.race([done, wait(30)])) !== 'done') {
      await reader.refresh();
      const candidates = await reader.byName(['rname0', 'rname5'], 100);
      for (const { paths, chunk } of candidates) assert(reader.files.get(paths[0] ?? '')?.blob === chunk.blob);
      const both = new Set(candidates.map(({ chunk }) => chunk.blob)).size;
      assert.equal(candidates.length, both * 2, 'each file is there as a whole');
      seen = Math.max(seen, both);
    }
    assert(seen > 0, 'the reader has seen what the writer wrote');
  });
});

/** What a writer acknowledged until it was killed, `afterMs` after it had opened the store. */
async function killedWriter(location: string, prefix: string, afterMs: number): Promise<Line[]> {
  const script = join(import.meta.dirname, 'writer.ts');
  const child = spawn(process.execPath, [script, location, prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    output += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const lines = output.split('\n').slice(1, -1);
  assert(output.startsWith('opened as it was'), output);
  return lines.map((line): Line => JSON.parse(line));
}
