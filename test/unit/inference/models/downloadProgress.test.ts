import assert from 'node:assert/strict';
import { progressReporter } from '../../../../src/inference/models/downloadProgress.ts';
import type { DownloadProgress } from '../../../../src/protocol/messages.ts';

describe('progressReporter', () => {
  it('speaks four times a second, at the start and at the end', () => {
    let nowMs = 0;
    const shown: DownloadProgress[] = [];
    const report = progressReporter(
      'toy',
      (progress) => shown.push(progress),
      () => nowMs,
    );
    for (nowMs = 0; nowMs < 1000; nowMs += 10) report(nowMs * 100, 100_000);
    report(100_000, 100_000);
    assert.deepEqual(
      shown.map(({ receivedBytes }) => receivedBytes),
      [0, 25_000, 50_000, 75_000, 100_000],
    );
    assert.deepEqual(
      new Set(shown.slice(1).map(({ bytesPerSecond }) => Math.round(bytesPerSecond))),
      new Set([100_000]),
    );
  });

  it('does not count what an earlier download brought, nor a start over, as speed', () => {
    let nowMs = 0;
    const speeds: number[] = [];
    const report = progressReporter(
      'toy',
      ({ bytesPerSecond }) => speeds.push(bytesPerSecond),
      () => nowMs,
    );
    for (const bytes of [5_000_000, 5_000_500, 0, 500]) {
      report(bytes, 9_000_000);
      nowMs += 500;
    }
    assert.deepEqual(speeds, [0, 1000, 1000, 1000]);
  });
});
