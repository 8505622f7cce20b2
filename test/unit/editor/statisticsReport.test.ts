import assert from 'node:assert/strict';
import { statisticsReport } from '../../../src/editor/statisticsReport.ts';
import type { ModelStatistics, Statistics } from '../../../src/protocol/messages.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';

const model: ModelStatistics = {
  model: 'Starter',
  shown: 200,
  acceptedWhole: 40,
  acceptedPart: 10,
  rejected: 150,
  acceptedCharacters: 2000,
  keptCharacters: 1500,
  latencyMs: { p50: 85.2, p95: 240, p99: 1300 },
};
const report = (statistics: Statistics) => statisticsReport(statistics, inEnglish);
const tableOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replace('\u00a0', ' ')),
    );

describe('statisticsReport', () => {
  it('tells acceptance, kept characters and latency of each model', () => {
    const [headings, , row] = tableOf(report({ days: 2.4, models: [model] }));
    const cells = Object.fromEntries((headings ?? []).map((heading, column) => [heading, row?.[column]]));
    assert.deepEqual(cells, {
      Model: 'Starter',
      Shown: '200',
      Accepted: '25 %',
      Whole: '40',
      'In part': '10',
      Rejected: '150',
      'Accepted characters': '2000',
      Kept: '75 %',
      p50: '85 ms',
      p95: '240 ms',
      p99: '1.3 s',
    });
    assert.match(report({ days: 2.4, models: [model] }), /Days recorded: 3\./);
  });

  it('says when nothing is recorded yet', () => {
    assert.match(report({ days: 0, models: [] }), /Nothing is recorded yet/);
    assert.match(report({ days: 0, models: [{ ...model, shown: 0 }] }), /Nothing is recorded yet/);
  });

  it('says why nothing can be recorded', () => {
    const problem = { code: 'events.unavailable', reason: 'disk full' } as const;
    const text = report({ days: 0, models: [], problem });
    assert.match(text, /disk full/);
    assert.doesNotMatch(text, /Nothing is recorded yet/);
  });

  it('lets no model name break the table or load anything', () => {
    const hostile = '| a | ![x](https://evil.example/a.png)\n<img src="https://evil.example/b.png">';
    const text = report({ days: 1, models: [{ ...model, model: hostile }] });
    const widths = tableOf(text).map((row) => row.length);
    assert.deepEqual(widths, [11, 11, 11]);
    assert.doesNotMatch(text, /(?<!\\)!\[|(?<!\\)<img/);
  });
});
