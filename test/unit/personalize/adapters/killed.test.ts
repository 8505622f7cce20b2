import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { AdapterStore } from '../../../../src/personalize/adapters/adapterStore.ts';
import { idsIn, noUses, parseUses, type Uses } from '../../../../src/personalize/adapters/uses.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';
import { type Line, numbered } from './storeWriter.ts';

const rounds = 60;
/** Long enough for some steps, and anywhere in the next one. */
const killAfterMs = (round: number): number => (round * 37) % 110;

describe('a store of adapters whose writer is killed', () => {
  const home = temporaryFolder();
  const folder = () => join(home(), 'personal');

  it('has whole adapters only, and all that was acknowledged', async function () {
    this.timeout(180_000);
    const steps = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const { done, begun } = await killedWriter(folder(), round * 1000, killAfterMs(round));
      steps.add(begun?.step ?? 'none');
      const uses = await usesOnDisk(folder());
      const store = await AdapterStore.open({ folder: folder(), log: silentLogger, leftoverMs: 0 });
      const cards = await store.list();
      const ids = cards.map(({ id }) => id);

      const lost = done.ids.filter((id) => !ids.includes(id));
      assert.deepEqual(lost, begun?.step === 'remove' && lost.length > 0 ? [begun.id] : [], 'acknowledged, not there');
      const unknown = ids.filter((id) => !done.ids.includes(id));
      assert.ok(unknown.length <= (begun?.step === 'add' ? 1 : 0), 'never begun, but there');
      for (const { id, name } of cards) assert.deepEqual(await store.load(id), numbered(Number(name)));

      for (const id of idsIn(uses)) assert.ok(ids.includes(id), `${id} is used but not there`);
      if (begun === undefined || begun.step === 'add') assert.deepEqual(uses, done.uses);
      const names: string[] = await readdir(join(folder(), 'adapters')).catch(() => []);
      assert.deepEqual(names.toSorted(), ids.toSorted(), 'nothing is left over');
      await letLockPass(join(folder(), 'use.lock'));
    }
    assert.deepEqual(
      [...steps].filter((step) => step !== 'none').length,
      5,
      `every step was cut: ${[...steps].join(' ')}`,
    );
  });
});

async function usesOnDisk(folder: string): Promise<Uses> {
  const text = await readFile(join(folder, 'use.json'), 'utf8').catch(() => JSON.stringify(noUses));
  return parseUses(JSON.parse(text));
}

/** A lock that was cut before its owner stood in it is nobody's only after a minute (`base/fileLock.ts`). */
async function letLockPass(path: string): Promise<void> {
  const stats = await stat(path).catch(() => undefined);
  const past = new Date(Date.now() - 61_000);
  if (stats?.size === 0) await utimes(path, past, past);
}

/** What a writer said last until it was killed, `afterMs` after it had opened the store. */
async function killedWriter(folder: string, number: number, afterMs: number) {
  const script = join(import.meta.dirname, 'storeWriter.ts');
  const child = spawn(process.execPath, [script, folder, String(number)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    output += text;
  });
  const [, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (code, by) => resolve([code, by])),
  );
  assert.equal(signal, 'SIGKILL', output);
  const lines = output
    .split('\n')
    .slice(0, -1)
    .map((line): Line => JSON.parse(line));
  const last = lines.at(-1);
  const done = lines.findLast((line) => line.done !== undefined)?.done;
  assert.ok(done, output);
  return { done, begun: last?.begun };
}
