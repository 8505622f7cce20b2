import assert from 'node:assert/strict';
import { debounceMs, TypingRhythm } from '../../../../src/inference/completion/debounce.ts';

describe('debounce', () => {
  it('asks a quick model, or one not measured yet, at once', () => {
    assert.equal(debounceMs({ gapMs: 120, latencyMs: 20 }), 0);
    assert.equal(debounceMs({ gapMs: 120, latencyMs: undefined }), 0);
  });

  it('waits for half a keystroke when a slow answer would be thrown away by the next key', () => {
    assert.equal(debounceMs({ gapMs: 120, latencyMs: 800 }), 60);
  });

  it('waits less the likelier the answer comes before the next key, and never long', () => {
    assert.ok(debounceMs({ gapMs: 400, latencyMs: 100 }) < debounceMs({ gapMs: 400, latencyMs: 300 }));
    assert.equal(debounceMs({ gapMs: 900, latencyMs: 2_000 }), 150);
  });

  it('measures the rhythm and does not take a pause for slow typing', () => {
    const rhythm = new TypingRhythm();
    rhythm.keystroke(0);
    assert.equal(rhythm.gapMs, undefined);
    rhythm.keystroke(100);
    assert.equal(rhythm.gapMs, 100);
    rhythm.keystroke(10_000);
    assert.equal(rhythm.gapMs, 100);
    rhythm.keystroke(10_180);
    assert.equal(rhythm.gapMs, 110);
  });
});
