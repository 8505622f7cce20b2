import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { calmStatus, thinkingShowsAfterMs } from '../../../src/editor/calmStatus.ts';
import type { EngineState } from '../../../src/protocol/messages.ts';

const after = (ms: number) => mock.timers.tick(ms);

describe('calmStatus', () => {
  let shown: EngineState[];
  let take: ReturnType<typeof calmStatus>;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    shown = [];
    take = calmStatus(({ state }) => shown.push(state));
  });
  afterEach(() => mock.timers.reset());

  it('passes everything but thinking on at once', () => {
    for (const state of ['loading', 'ready', 'off', 'error'] as const) take({ state });
    assert.deepEqual(shown, ['loading', 'ready', 'off', 'error']);
  });

  it('says nothing of thinking that is over soon', () => {
    take({ state: 'thinking' });
    after(thinkingShowsAfterMs - 1);
    take({ state: 'ready' });
    after(1000);
    assert.deepEqual(shown, ['ready']);
  });

  it('shows thinking that lasts', () => {
    take({ state: 'thinking' });
    after(thinkingShowsAfterMs);
    assert.deepEqual(shown, ['thinking']);
  });

  it('counts from the newest keystroke', () => {
    take({ state: 'thinking' });
    after(thinkingShowsAfterMs - 1);
    take({ state: 'thinking' });
    after(thinkingShowsAfterMs - 1);
    assert.deepEqual(shown, []);
    after(1);
    assert.deepEqual(shown, ['thinking']);
  });

  it('shows nothing after it was disposed', () => {
    take({ state: 'thinking' });
    take[Symbol.dispose]();
    after(1000);
    assert.deepEqual(shown, []);
  });
});
