import assert from 'node:assert/strict';
import {
  estimateNote,
  estimateRows,
  tooFewText,
  trainingQuestion,
} from '../../../../src/editor/personal/estimateText.ts';
import { describeOutcome, improvements, lossChange } from '../../../../src/editor/personal/outcomeText.ts';
import type { ProofSummary } from '../../../../src/protocol/personalMessages.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { overview } from './recordedPersonal.ts';

const proof = overview.adapters[0]?.proof;
assert.ok(proof);
const improved = (changes: Partial<ProofSummary>) => improvements({ ...proof, ...changes }, inEnglish);
const same = { before: 0.5, after: 0.5 };

describe('describeOutcome', () => {
  const seconds = 118;

  it('says in one sentence what became better', () => {
    assert.equal(
      describeOutcome({ kind: 'adopted', adapter: 'newest', seconds }, proof, inEnglish),
      'Hearth learned your style, and the new adapter is in use. On your newest code: written exactly: 33 % (was 21 %), similar to yours: 74 % (was 61 %), loss 20 % lower.',
    );
    assert.match(describeOutcome({ kind: 'adopted', adapter: 'newest', seconds }, undefined, inEnglish), /in use\.$/);
  });

  it('says why a new adapter is not used', () => {
    const reasons = (['notBetter', 'harmsGeneral', 'tooFewExamples'] as const).map((why) =>
      describeOutcome({ kind: 'rejected', adapter: 'x', why, seconds }, proof, inEnglish),
    );
    assert.equal(new Set(reasons).size, 3);
    for (const reason of reasons) assert.match(reason, /^The new adapter is kept, but not used\. /);
    const nothing = { kind: 'rejected', why: 'notBetter', seconds } as const;
    assert.doesNotMatch(describeOutcome(nothing, undefined, inEnglish), /is kept/);
  });

  it('says what went wrong as every other problem is said', () => {
    const problem = { code: 'adapter.busy' } as const;
    assert.match(describeOutcome({ kind: 'failed', problem }, undefined, inEnglish), /Another window/);
    assert.match(describeOutcome({ kind: 'cancelled' }, undefined, inEnglish), /Nothing was changed/);
  });
});

describe('improvements', () => {
  it('names only what became better', () => {
    assert.equal(improved({ loss: { before: 1, after: 1.2 }, exactMatch: same, editSimilarity: same }), '');
    assert.equal(
      improved({ loss: same, exactMatch: { before: 0.2, after: 0.3 }, editSimilarity: same }),
      'written exactly: 30 % (was 20 %)',
    );
    // Better by less than can be told.
    assert.equal(improved({ loss: same, exactMatch: { before: 0.2, after: 0.2001 }, editSimilarity: same }), '');
  });
});

describe('lossChange', () => {
  it('is in percent of before, and nothing where there is nothing to compare', () => {
    assert.equal(lossChange({ before: 2, after: 1.5 }), -25);
    assert.equal(lossChange({ before: 2, after: 2.5 }), 25);
    assert.equal(lossChange({ before: 0, after: 1 }), undefined);
    assert.equal(lossChange({ before: 0, after: 0 }), undefined);
    assert.equal(lossChange({ before: Number.NaN, after: 1 }), undefined);
  });
});

describe('the question before a training', () => {
  const estimate = {
    ok: true,
    examples: 214,
    seconds: 118,
    memoryBytes: 1.2e9,
    freeBytes: 5.4e9,
    device: 'AMD Ryzen 7 7840U',
  } as const;

  it('tells examples, time, memory and device', () => {
    const { message, detail } = trainingQuestion(estimate, inEnglish);
    assert.equal(message, 'Learn your style from 214 examples?');
    assert.match(
      detail,
      /Time: about 2 min\nMemory: 1\.2 GB \(5\.4 GB are free\)\nRuns on: AMD Ryzen 7 7840U\n\nIt runs in/,
    );
    assert.equal(estimateRows(estimate, inEnglish).length, 4);
  });

  it('warns where memory is short', () => {
    assert.match(estimateNote({ ...estimate, freeBytes: 1e9 }, inEnglish), /more memory than is free/);
  });

  it('says how many examples are missing', () => {
    assert.match(tooFewText({ usable: 12, needed: 50 }, inEnglish), /has 12 examples and needs 50\. .* 38 more/);
  });
});
