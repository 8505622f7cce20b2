import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { promptBudget } from '../../../../src/inference/completion/budget.ts';
import { fimFormatNamed, fimFormats } from '../../../../src/inference/completion/fimFormats.ts';
import { Layouts } from '../../../../src/inference/completion/layouts.ts';
import { promptAt } from '../../../../src/inference/completion/promptAt.ts';
import type { Snippet } from '../../../../src/inference/completion/types.ts';
import { situationAt } from './fixture.ts';

const model = { charactersPerToken: 3, fimFormat: 'qwen' };
const snippet = (path: string, text: string): Snippet => ({ source: 'index', path, text, score: 1 });

const code = fc
  .array(fc.constantFrom('const a = 1;', '  return b', '}', '', 'foo(', ')', ');', '// note', 'é'), { maxLength: 400 })
  .map((lines) => lines.join('\n'));

describe('promptAt', () => {
  it('lays out what typing lays out at the same place', async () => {
    await fc.assert(
      fc.asyncProperty(
        code,
        code,
        fc.constantFrom(...fimFormats),
        fc.integer({ min: 1024, max: 8192 }),
        fc.integer({ min: 1, max: 4000 }),
        async (prefix, suffix, format, contextSize, prefillPerSecond) => {
          const snippets = [snippet('src/b.ts', 'export const b = 2;'), snippet('src/c.ts', 'export const c = 3;')];
          const loaded = { id: 'm', name: 'm', architecture: 'x', device: 'cpu', ...model, contextSize };
          const typing = await new Layouts().layOut(situationAt(`${prefix}█${suffix}`), {
            model: { ...loaded, fimFormat: format.name },
            format,
            prefillPerSecond,
            gather: async () => ({ snippets, isComplete: true }),
            nowMs: 0,
          });
          // How much typing shows is limited by the model's speed as well; here it is as if the context were smaller.
          const characters = promptBudget(contextSize, 3, prefillPerSecond).windowCharacters * 2;
          const contextTokens = Math.ceil(characters / 3) + 448;
          const place = { path: 'src/sample.ts', languageId: 'typescript', prefix, suffix, snippets };
          assert.deepEqual(promptAt(place, { ...model, fimFormat: format.name }, contextTokens), {
            prompt: typing.prompt,
            typed: typing.typed,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('stays within the budget, and keeps what is nearest and most relevant', () => {
    const lines = Array.from({ length: 500 }, (_, at) => `const line${at} = ${at};\n`).join('');
    const snippets = [
      snippet('src/far.ts', 'f'.repeat(400)),
      snippet('src/large.ts', 'l'.repeat(4_000)),
      snippet('src/near.ts', 'n'.repeat(400)),
    ];
    const place = { path: 'src/a.ts', languageId: 'typescript', prefix: `${lines}  con`, suffix: lines, snippets };
    for (const contextTokens of [600, 1024, 2048]) {
      const laidOut = promptAt(place, model, contextTokens);
      const text = laidOut?.prompt.map((part) => ('text' in part ? part.text : '')).join('') ?? '';
      assert.equal(laidOut?.typed, '  con');
      assert.ok(text.length <= 3 * (contextTokens - 448), `${text.length} characters in ${contextTokens} tokens`);
      assert.ok(text.includes('line499') && text.includes('line0'));
      assert.ok(!text.includes('lll'));
      assert.equal(text.includes('nnn'), contextTokens > 600);
      assert.equal(text.includes('fff'), contextTokens > 1024);
    }
  });

  it('is undefined for a model that knows no FIM', () => {
    const place = { path: 'a', languageId: 'typescript', prefix: 'a', suffix: '', snippets: [] };
    assert.equal(promptAt(place, { charactersPerToken: 3 }, 2048), undefined);
    assert.equal(fimFormatNamed('none'), undefined);
  });
});
