import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventsPerFlush, rows } from './storedEvents.ts';

describe('event store under crashes', () => {
  let folder: string;
  let children: ChildProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-crash-'));
    children = [];
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  function startWriter(name: string, flushes: number, ...who: readonly string[]) {
    const script = fileURLToPath(new URL('writer.ts', import.meta.url));
    const child = spawn(process.execPath, [script, folder, name, String(flushes), ...who], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      child.emit('progress');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    const closed = once(child, 'close');
    return {
      /** Flushes that the writer said are in the file. A line that was cut by the kill is not one. */
      acknowledged: () => output.split('\n').slice(0, -1),
      errors: () => errors,
      closed,
      /** Kills it some time after it acknowledged so many flushes: in the middle of another one, wherever that is. */
      async killAfter(count: number, afterMs: number): Promise<void> {
        while (output.split('\n').length <= count) {
          assert.equal(child.exitCode, null, errors);
          await Promise.race([once(child, 'progress'), closed]);
        }
        await sleep(afterMs);
        child.kill('SIGKILL');
        await closed;
      },
    };
  }

  /** Every flush is in the file as a whole or not at all, and the acknowledged ones are. */
  function assertAllThere(acknowledged: readonly string[]): void {
    assert.deepEqual(rows(folder, 'PRAGMA integrity_check'), [['ok']]);
    for (const table of ['completion', 'example']) {
      const byFlush = Map.groupBy(rows(folder, `SELECT key FROM ${table}`).flat().map(String), (key) =>
        key.slice(0, key.lastIndexOf(':')),
      );
      for (const [flush, keys] of byFlush) assert.equal(keys.length, eventsPerFlush, `${flush} in ${table}`);
      const lost = acknowledged.filter((flush) => !byFlush.has(flush));
      assert.deepEqual(lost, [], `acknowledged, not in ${table}`);
    }
  }

  it('loses nothing acknowledged and is never corrupt, killed ten times while writing', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 10; round++) {
      const writer = startWriter(`round${round}`, 0);
      await writer.killAfter(1 + 3 * round, round);
      assert.equal(writer.errors(), '');
      acknowledged.push(...writer.acknowledged());
      assertAllThere(acknowledged);
    }
    assert.ok(acknowledged.length >= 10 + 3 * 45);
  });

  it('loses no text to learn from that lay in it for an instant, killed five times while it writes by itself', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 5; round++) {
      const writer = startWriter(`round${round}`, 0, 'itself');
      await writer.killAfter(1 + 2 * round, round);
      assert.equal(writer.errors(), '');
      acknowledged.push(...writer.acknowledged());
      assertAllThere(acknowledged);
    }
    assert.ok(acknowledged.length >= 5 + 2 * 10);
  });

  it('takes events of several windows at once, from the first moment on', async () => {
    const writers = ['a', 'b', 'c'].map((name) => startWriter(name, 15));
    await Promise.all(writers.map(({ closed }) => closed));
    for (const { errors } of writers) assert.equal(errors(), '');
    assertAllThere(writers.flatMap(({ acknowledged }) => acknowledged()));
    assert.deepEqual(rows(folder, 'SELECT count(*) FROM completion'), [[3 * 15 * eventsPerFlush]]);
  });
});
