import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { promptAt } from '../../../../src/inference/completion/promptAt.ts';
import { closersIn, middleOf } from '../../../../src/personalize/dataset/middle.ts';
import type { Example } from '../../../../src/personalize/examples/example.ts';

type Kind = Example['kind'];

/** `prefix|text|suffix`, `⏎` for a line end. */
function place(fixture: string, kind: Kind) {
  const [prefix = '', text = '', suffix = ''] = fixture.replaceAll('⏎', '\n').split('|');
  return { prefix, text, suffix, kind };
}

describe('the middle of an example', () => {
  const fixtures: readonly (readonly [what: string, from: string, kind: Kind, text: string, ends: boolean])[] = [
    ['is the text to the end of its line', 'x = |sum(a);|⏎', 'accepted', 'sum(a);', true],
    ['takes in what the prompt leaves out', 'x = |sum(a|);⏎', 'accepted', 'sum(a);', true],
    ['ends where the line goes on, behind a whole', 'f(|g(a)|, b);⏎', 'accepted', 'g(a)', true],
    ['says nothing of the end of an accepted word', 'x = |sum|⏎', 'accepted', 'sum', false],
    ['says nothing of the end of a word before code', 'f(|first|, b);⏎', 'accepted', 'first', false],
    ['ends in a word when the user wrote it', 'return |total|⏎', 'instead', 'total', true],
    ['ends in a word when it was typed whole', 'return |total|⏎', 'typed', 'total', true],
    ['says nothing behind an open bracket', 'x = |sum(a,|⏎', 'accepted', 'sum(a,', false],
    ['says nothing behind an opening block', '|if (a) {|⏎  b();⏎}', 'typed', 'if (a) {', false],
    ['says nothing behind a colon', '|def f(a):|⏎', 'instead', 'def f(a):', false],
    ['says nothing behind an operator', 'x = |a +|⏎', 'typed', 'a +', false],
    ['says nothing behind an arrow', 'x = |(a) =>|⏎', 'instead', '(a) =>', false],
    ['says nothing behind a word that asks for more', 'x = |a and|⏎', 'instead', 'a and', false],
    ['ends behind ++', '|i++|⏎', 'accepted', 'i++', true],
    ['ends behind a comment', 'x(); |/* done */|⏎', 'accepted', '/* done */', true],
    ['ends with a block', '|if (a) {⏎  b();⏎}|⏎', 'accepted', 'if (a) {\n  b();\n}', true],
    ['closes what the line opened', 'f(|a, b);|⏎', 'accepted', 'a, b);', true],
    ['says nothing while the line is open', 'f(|a, g(b),|⏎', 'typed', 'a, g(b),', false],
    ['counts no brackets in strings', 'x = |f("(");|⏎', 'accepted', 'f("(");', true],
    ['says nothing behind an accepted line end', '|a();⏎|b();⏎', 'accepted', 'a();\n', false],
    ['ends behind the line end of an edit', '|a();⏎|b();⏎', 'edit', 'a();\n', true],
    ['ends at the end of the document', '|a();|', 'accepted', 'a();', true],
  ];
  for (const [what, from, kind, text, ends] of fixtures)
    it(what, () => assert.deepEqual(middleOf(place(from, kind)), { text, ends }));

  it('takes in exactly what the prompt of the place leaves out', () => {
    const model = { charactersPerToken: 4, fimFormat: 'qwen' };
    const characters = fc.constantFrom(')', ']', '}', ';', ',', "'", '"', '`', '>', ' ', 'a', '(', '.', '{');
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 6 }), (rest) => {
        const suffix = `${rest.join('')}\nbelow();\n`;
        const kept = { path: 'a.ts', languageId: 'typescript', prefix: 'above();\nf(', suffix, snippets: [] };
        const [, , , shown] = promptAt(kept, model, 2_048)?.prompt ?? [];
        assert.ok(shown !== undefined && 'text' in shown);
        // White space at the line's end is left out by the prompt, and nobody has to write it.
        const left = shown.text === suffix ? '' : rest.join('').trimEnd();
        assert.equal(closersIn(suffix), left);
      }),
    );
  });
});
