import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseAnswer } from '../../../../src/edits/answer/parseAnswer.ts';
import type { AnswerContext } from '../../../../src/edits/answer/proposal.ts';

/** What answers are made of, in any order: most orders are wrong. */
const line = fc.oneof(
  fc.constantFrom('', 'Text.', 'src/a.ts', '**b.md**', '### `c.py`', 'In `src/a.ts`:', '- item', '> quote'),
  fc.constantFrom('```', '```ts', '```ts src/a.ts', '```diff', '````md', '~~~', '  ```', 'README.md'),
  fc.constantFrom('<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE', '------- SEARCH', '+++++++ REPLACE'),
  fc.constantFrom('--- a/src/a.ts', '+++ b/src/a.ts', '--- /dev/null', '+++ /dev/null', '@@ -1,2 +1,2 @@', '@@ @@'),
  fc.constantFrom('diff --git a/x.ts b/y.ts', 'rename from x.ts', 'rename to y.ts', 'new file mode 100644'),
  fc.constantFrom('Binary files a and b differ', '\\ No newline at end of file', '// src/a.ts', '<think>', '</think>'),
  fc.constantFrom(' x', '-a', '+b', '  x'),
);
const answers = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'));
const contexts = fc.record<Omit<AnswerContext, 'isComplete'>>(
  { files: fc.subarray(['src/a.ts', 'b.md', 'lib/x.ts']), expects: fc.constant('wholeFiles') },
  { requiredKeys: ['files'] },
);

describe('any answer', () => {
  it('is read without a complaint', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      answers,
      fc.tuple(answers, fc.string()).map(String),
    );
    fc.assert(
      fc.property(texts, contexts, fc.boolean(), (text, context, isComplete) => {
        for (const { path, change, problem } of parseAnswer(text, { ...context, isComplete })) {
          if (problem !== undefined) continue;
          assert.notEqual(path, '');
          if (change.kind === 'whole') assert.ok(change.lines.every((each) => !/[\r\n]$/.test(each)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says at every moment what it says in the end, or that it is unfinished', () => {
    fc.assert(
      fc.property(answers, contexts, (text, context) => {
        const whole = parseAnswer(text, { ...context, isComplete: true });
        for (let length = 0; length <= text.length; length++) {
          const soFar = parseAnswer(text.slice(0, length), { ...context, isComplete: false });
          for (const [index, proposal] of soFar.entries())
            if (proposal.problem?.code !== 'unfinished')
              assert.deepEqual(proposal, whole[index], text.slice(0, length));
        }
      }),
      { numRuns: 300 },
    );
  });
});
