import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { mayLearnBy } from '../../../../src/personalize/examples/learningRules.ts';

describe('learning rules', () => {
  const fixtures: readonly (readonly [paths: readonly string[], path: string, isLearned: boolean])[] = [
    [[], 'src/a.ts', true],
    [['*.sql'], 'db/a.sql', false],
    [['*.sql'], 'db/a.ts', true],
    [['/generated/'], 'generated/a.ts', false],
    [['/generated/'], 'src/generated/a.ts', true],
    [['src/**/*.test.ts'], 'src/deep/down/a.test.ts', false],
    [['*', '!/src/**', '!/src'], 'src/a.ts', true],
    [['*', '!/src/**', '!/src'], 'test/a.ts', false],
    [['# a comment', ''], 'src/a.ts', true],
    [['어휘/'], '어휘/a.ts'.normalize('NFD'), false],
    [['*.sql'], '../outside.ts', false],
    [['*.sql'], '', false],
    [[], '../outside.ts', true],
    [['[', '\\', '!'], 'src/a.ts', true],
  ];
  for (const [paths, path, isLearned] of fixtures) {
    it(`${paths.join(' ') || 'none'}: ${path || 'no path'} is ${isLearned ? 'learned from' : 'not'}`, () =>
      assert.equal(mayLearnBy({ languages: [], paths })({ languageId: 'c', path }), isLearned));
  }

  it('switch languages off whatever the path', () => {
    const mayLearn = mayLearnBy({ languages: ['sql', 'markdown'], paths: [] });
    assert.equal(mayLearn({ languageId: 'sql', path: 'a.ts' }), false);
    assert.equal(mayLearn({ languageId: 'typescript', path: 'a.sql' }), true);
  });

  it('never throw, whatever is a pattern or a path', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 4 }), fc.string(), (paths, path) => {
        assert.equal(typeof mayLearnBy({ languages: [], paths })({ languageId: 'c', path }), 'boolean');
      }),
    );
  });
});
