import assert from 'node:assert/strict';
import { Restarts } from '../../../../src/codeIndex/host/restarts.ts';

const minuteMs = 60_000;

describe('when the index process is started again', () => {
  it('waits longer after each death, and gives up after the fifth within three minutes', () => {
    const restarts = new Restarts();
    const answers = [0, 1_000, 2_000, 3_000, 4_000].map((nowMs) => restarts.died(nowMs));
    assert.deepEqual(answers, [
      { delayMs: 250 },
      { delayMs: 1_000 },
      { delayMs: 4_000 },
      { delayMs: 16_000 },
      { gaveUpAfter: 5 },
    ]);
  });

  it('goes on for ever when the deaths are far apart', () => {
    const restarts = new Restarts();
    for (let death = 0; death < 20; death++) assert.ok('delayMs' in restarts.died(death * minuteMs), `death ${death}`);
  });

  it('begins anew when the user says so', () => {
    const restarts = new Restarts();
    for (let death = 0; death < 5; death++) restarts.died(death);
    restarts.forget();
    assert.deepEqual(restarts.died(10), { delayMs: 250 });
  });
});
