import assert from 'node:assert/strict';
import { describeProblem, type Problem } from '../../../src/protocol/problems.ts';

const embedderProblems: readonly Problem[] = [
  { code: 'model.unknownEmbedder', id: 'no-such-model' },
  { code: 'model.notEmbedding', name: 'Some Model' },
  { code: 'index.embedder', name: 'Some Model', problem: { code: 'model.notDownloaded', name: 'Some Model' } },
  { code: 'index.embedder', name: 'Some Model', problem: { code: 'model.missing', path: '/models/some.gguf' } },
];

describe('describeProblem', () => {
  it('leads from what is wrong with an embedder to the picker of the models that search', () => {
    for (const problem of embedderProblems) {
      const { actions } = describeProblem(problem);
      assert.equal(actions[0], 'pickSearchModel', problem.code);
      assert.ok(!actions.includes('pickModel'), problem.code);
    }
  });

  it('leads from a completion model to the picker of those', () =>
    assert.deepEqual(describeProblem({ code: 'model.notDownloaded', name: 'Some Model' }).actions, ['pickModel']));
});
