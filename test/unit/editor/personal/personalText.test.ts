import assert from 'node:assert/strict';
import { announcement } from '../../../../src/editor/personal/announcement.ts';
import { durationText } from '../../../../src/editor/personal/durationText.ts';
import { describePersonal, percentDone } from '../../../../src/editor/personal/personalText.ts';
import { trainingEnd } from '../../../../src/editor/personal/trainingEnd.ts';
import type { PersonalStatus } from '../../../../src/protocol/personalMessages.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { idle, progress, training } from './recordedPersonal.ts';

const states = ['off', 'idle', 'preparing', 'training', 'paused', 'waiting', 'proving'] as const;
const inState = (state: PersonalStatus['state'], changes: Partial<PersonalStatus> = {}): PersonalStatus => ({
  ...idle,
  state,
  ...(state !== 'off' && state !== 'idle' && { progress }),
  ...changes,
});
const at = (step: number): PersonalStatus => ({ ...training, progress: { ...progress, step } });
const lineOf = (examples: PersonalStatus['examples']) => describePersonal({ ...idle, examples }, inEnglish).line;

describe('describePersonal', () => {
  it('has words of its own for every state', () => {
    const lines = states.map((state) => describePersonal(inState(state), inEnglish).line);
    assert.equal(new Set(lines).size, states.length);
  });

  it('says whether there is enough to learn from, and anything new', () => {
    assert.equal(lineOf({ usable: 12, fresh: 12, needed: 50 }), 'Not enough to learn from yet: 12 of 50 examples');
    assert.equal(lineOf({ usable: 50, fresh: 0, needed: 50 }), 'Nothing new to learn since the last training');
    assert.equal(lineOf({ usable: 2050, fresh: 1203, needed: 50 }), 'Ready to learn, new examples: 1,203');
  });

  it('tells how far a training is and how long it takes, and leaves out what is not measured', () => {
    const { pace, progress: percent } = describePersonal(training, inEnglish);
    assert.equal(pace, 'Step 84 of 201 · about 74 s left · 413 tokens/s');
    assert.equal(percent, '41 %');
    const { secondsLeft: _, tokensPerSecond: __, ...fresh } = progress;
    assert.equal(describePersonal({ ...training, progress: fresh }, inEnglish).pace, 'Step 84 of 201');
  });

  it('tells how much of the test of an adapter is done, and no speed of before', () => {
    const tested = inState('proving', { progress: { ...progress, step: 60, steps: 100 } });
    assert.equal(describePersonal(tested, inEnglish).pace, '60 % tested');
    assert.equal(describePersonal(inState('proving', { progress: { ...progress, steps: 0 } }), inEnglish).pace, '');
  });

  it('tells nothing of progress where no training is under way, even when the wire does', () => {
    for (const state of ['idle', 'off'] as const) {
      const { pace, progress: percent, busy } = describePersonal(inState(state, { progress }), inEnglish);
      assert.deepEqual([pace, percent, busy], ['', '', false]);
    }
  });

  it('is busy only while something works', () => {
    const busy = states.filter((state) => describePersonal(inState(state), inEnglish).busy);
    assert.deepEqual(busy, ['preparing', 'training', 'proving']);
  });

  it('knows nothing before the engine has spoken', () => {
    assert.deepEqual(describePersonal(undefined, inEnglish), {
      line: 'Personal style',
      pace: '',
      progress: '',
      busy: false,
    });
  });
});

describe('percentDone', () => {
  it('reaches 100 % only by being over', () => {
    assert.equal(percentDone(at(0)), 0);
    assert.equal(percentDone(at(201)), 99);
    assert.equal(percentDone(at(900)), 99);
    assert.equal(percentDone(inState('proving')), 99);
    assert.equal(percentDone({ ...training, progress: { ...progress, step: 0, steps: 0 } }), 0);
  });
});

describe('durationText', () => {
  it('is as exact as an estimate, and never nothing', () => {
    const told = [0, 0.4, 74.2, 89.4, 89.6, 600, 5369, 5400, 9000, 36_000, 40_000].map((s) =>
      durationText(s, inEnglish),
    );
    assert.deepEqual(told, [
      '1 s',
      '1 s',
      '74 s',
      '89 s',
      '1 min',
      '10 min',
      '89 min',
      '1.5 h',
      '2.5 h',
      '10 h',
      '11 h',
    ]);
  });
});

describe('announcement', () => {
  it('says a new state, and each tenth of a training', () => {
    assert.match(announcement(idle, training, inEnglish) ?? '', /^Learning your style, 41 %, Step 84/);
    assert.equal(announcement(at(84), at(85), inEnglish), undefined);
    assert.match(announcement(at(100), at(101), inEnglish) ?? '', /50 %/);
  });

  it('is silent about what was so already, and about pauses for typing', () => {
    assert.equal(announcement(undefined, training, inEnglish), undefined);
    assert.equal(announcement(training, { ...training, state: 'waiting' }, inEnglish), undefined);
    assert.equal(announcement({ ...training, state: 'waiting' }, training, inEnglish), undefined);
  });
});

describe('trainingEnd', () => {
  const outcome = { kind: 'adopted', adapter: 'newest', seconds: 118 } as const;
  const ended: PersonalStatus = { ...idle, outcome };

  it('is what a training ended with that was seen to run', () => {
    for (const state of ['preparing', 'training', 'paused', 'waiting', 'proving'] as const)
      assert.equal(trainingEnd(inState(state), ended), outcome, state);
    assert.equal(trainingEnd(training, { ...ended, state: 'off' }), outcome);
  });

  it('is nothing where the end is known already, or nobody saw the training', () => {
    assert.equal(trainingEnd(undefined, ended), undefined);
    assert.equal(trainingEnd(ended, ended), undefined);
    assert.equal(trainingEnd(training, training), undefined);
    assert.equal(trainingEnd(training, idle), undefined);
  });
});
