import assert from 'node:assert/strict';
import { place } from '../../../../src/inference/completion/placement.ts';
import { situationAt } from './fixture.ts';

const options = { filter: (text: string) => text, indent: { insertSpaces: true, size: 2 }, multiline: false };

/** The document after the completion, with the cursor mark where it ends. */
function accepted(marked: string, text: string): string {
  const situation = situationAt(marked);
  const { insertText, replaceRight } = place(text, situation, options);
  return `${situation.prefix}${insertText}█${situation.suffix.slice(replaceRight)}`;
}

describe('placement', () => {
  it('writes over closers that the completion brings itself', () => {
    assert.equal(accepted('foo(█)\n', 'a, b);'), 'foo(a, b);█\n');
    assert.equal(accepted("require('█')\n", "fs')"), "require('fs')█\n");
    assert.equal(accepted('it(() => {█})\n', '\n  x();\n})'), 'it(() => {\n  x();\n})█\n');
  });

  it('leaves them alone when the completion closes only what it opened', () => {
    assert.equal(accepted('foo(█)\n', 'bar()'), 'foo(bar()█)\n');
    assert.equal(accepted('foo(bar(█))\n', 'x)'), 'foo(bar(x)█))\n');
  });

  it('never touches code right of the cursor', () => {
    assert.equal(accepted('foo(█, rest)\n', 'first)'), 'foo(first)█, rest)\n');
  });
});
