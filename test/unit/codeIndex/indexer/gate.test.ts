import assert from 'node:assert/strict';
import { Gate } from '../../../../src/codeIndex/indexer/gate.ts';
import type { PowerSource } from '../../../../src/codeIndex/indexer/power.ts';

const never = new AbortController().signal;

function gateOn(power: PowerSource, quietMs = 40): Gate {
  return new Gate({ powerSource: () => Promise.resolve(power), quietMs });
}

async function msOf(work: Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work;
  return performance.now() - startMs;
}

describe('the gate of bulk work', () => {
  it('is open on mains, and where nobody knows', async () => {
    assert.equal(await gateOn('mains').pass(10_000, never), false);
    assert.equal(await gateOn('unknown').pass(10_000, never), false);
  });

  it('is closed until the user has not typed for a while', async () => {
    const gate = gateOn('mains');
    const seen: boolean[] = [];
    using _ = gate.onChange.on(() => seen.push(gate.isClosed));
    gate.activity();
    const passed = gate.pass(0, never);
    setTimeout(() => gate.activity(), 25);
    assert.ok((await msOf(passed)) >= 60);
    assert.equal(await passed, true);
    assert.deepEqual(seen, [true, false]);
  });

  it('rests on battery for a multiple of the work', async () => {
    const ms = await msOf(gateOn('battery').pass(10, never));
    assert.ok(ms >= 29, `${ms} ms`);
  });

  it('asks for the power seldom', async () => {
    let asked = 0;
    const gate = new Gate({ powerSource: () => Promise.resolve((asked++, 'mains')) });
    for (let turn = 0; turn < 5; turn++) await gate.pass(1, never);
    assert.equal(asked, 1);
  });

  it('lets a wait be given up', async () => {
    const gate = gateOn('mains', 60_000);
    gate.activity();
    const abort = new AbortController();
    const passing = gate.pass(0, abort.signal);
    setTimeout(() => abort.abort(), 5);
    await assert.rejects(passing, { name: 'AbortError' });
    assert.equal(gate.isClosed, false);
  });
});
