import assert from 'node:assert/strict';
import { afterTyping, isWorthAsking, situationOf } from '../../../../src/inference/completion/situation.ts';
import { queryAt, situationAt } from './fixture.ts';

describe('situation', () => {
  it('splits the text at the cursor, and its line too', () => {
    const situation = situationAt('a();\nfoo(█, x);\nb();');
    assert.equal(situation.prefix, 'a();\nfoo(');
    assert.equal(situation.suffix, ', x);\nb();');
    assert.equal(situation.lineLeft, 'foo(');
    assert.equal(situation.lineRight, ', x);');
  });

  it('leaves closers that the editor inserted out of the stable suffix, and keeps code in it', () => {
    assert.equal(situationAt('foo(█)\nnext').stableSuffix, '\nnext');
    assert.equal(situationAt('foo(█, bar)\nnext').stableSuffix, ', bar)\nnext');
  });

  it('counts earlier notebook cells as prefix and later ones as suffix', () => {
    const situation = situationAt('x█', { before: 'import os\n', after: '\nprint(x)' });
    assert.equal(situation.prefix, 'import os\nx');
    assert.equal(situation.suffix, '\nprint(x)');
  });

  it('continues the item selected in the suggest widget', () => {
    const query = { ...queryAt('console.l█;'), selected: { start: 8, end: 9, text: 'log' } };
    const situation = situationOf(query);
    assert.equal(situation.prefix, 'console.log');
    assert.equal(situation.suffix, ';');
  });

  it('does not ask inside a word or in an empty document, unless invoked', () => {
    assert.equal(isWorthAsking(situationAt('fo█o()'), 'automatic'), false);
    assert.equal(isWorthAsking(situationAt('█'), 'automatic'), false);
    assert.equal(isWorthAsking(situationAt('fo█o()'), 'invoked'), true);
    assert.equal(isWorthAsking(situationAt('foo(█)'), 'automatic'), true);
  });

  it('knows the situation after a completion that writes over the closers was accepted', () => {
    const after = afterTyping(situationAt('foo(█)\nnext'), 'a, b);', 1);
    assert.equal(after.prefix + after.suffix, 'foo(a, b);\nnext');
    assert.equal(after.lineLeft, 'foo(a, b);');
    assert.equal(after.stableSuffix, '\nnext');
  });
});
