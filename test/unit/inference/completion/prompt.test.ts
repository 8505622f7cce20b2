import assert from 'node:assert/strict';
import { anchorAt } from '../../../../src/inference/completion/anchor.ts';
import { fimFormatNamed, fimFormats, lookUpOf, markersOf } from '../../../../src/inference/completion/fimFormats.ts';
import { layOutPrompt } from '../../../../src/inference/completion/prompt.ts';
import { situationAt } from './fixture.ts';

const snippet = { source: 'openTabs', path: 'src/other.ts', text: 'export const one = 1;', score: 1 };

function promptFor(formatName: string, marked: string, snippets = [snippet]): string {
  const format = fimFormatNamed(formatName);
  assert.ok(format);
  const situation = situationAt(marked);
  const anchor = anchorAt(situation, { snippets, windowCharacters: 1_000, nowMs: 0 });
  return layOutPrompt(anchor, situation, format, 1_000)
    .map((part) => ('control' in part ? part.control : part.text))
    .join('');
}

describe('prompt', () => {
  it('repo-level and prefix first, as Qwen reads it', () => {
    assert.equal(
      promptFor('qwen', 'a\nb█\nc'),
      '<|repo_name|>workspace\n<|file_sep|>src/other.ts\nexport const one = 1;\n<|file_sep|>src/sample.ts\n' +
        '<|fim_prefix|>a\n<|fim_suffix|>\nc<|fim_middle|>',
    );
  });

  it('is plain without other files', () => {
    assert.equal(promptFor('qwen', 'a\nb█\nc', []), '<|fim_prefix|>a\n<|fim_suffix|>\nc<|fim_middle|>');
  });

  it('suffix first where the model was trained so', () => {
    assert.equal(promptFor('codestral', 'a\nb█\nc', []), '[SUFFIX]\nc[PREFIX]a\n');
    assert.equal(promptFor('mellum', 'a\nb█\nc', []), '<fim_suffix>\nc<fim_prefix>a\n<fim_middle>');
  });

  it('gives other files as comments where the model knows no repo-level format', () => {
    assert.equal(
      promptFor('deepseek', 'a\nb█\nc'),
      '<｜fim▁begin｜>// Path: src/other.ts\n// export const one = 1;\na\n<｜fim▁hole｜>\nc<｜fim▁end｜>',
    );
  });

  it('every format has a name, and markers or an order of its own', () => {
    assert.equal(new Set(fimFormats.map(({ name }) => name)).size, fimFormats.length);
    assert.equal(
      new Set(fimFormats.map((format) => [format.order, ...markersOf(format)].join(' '))).size,
      fimFormats.length,
    );
  });

  it('every family says how it ends a middle, and the end is no marker that has to be there', () => {
    assert.deepEqual(
      fimFormats.filter(({ end }) => end === undefined).map(({ name }) => name),
      ['plain'],
    );
    for (const format of fimFormats) {
      const { markers, ...rest } = lookUpOf(format);
      assert.deepEqual(rest, format.end === undefined ? { name: format.name } : { name: format.name, end: format.end });
      assert.deepEqual(markers, markersOf(format));
    }
  });
});
