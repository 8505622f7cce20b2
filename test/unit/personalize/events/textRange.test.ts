import assert from 'node:assert/strict';
import { afterChange, type TextRange } from '../../../../src/personalize/events/textRange.ts';

/** Edits a text in which `«»` mark the range, and marks where the range lies after each: `delete: text`, `put: text`. */
function play(fixture: string, steps: readonly string[]): string {
  let range: TextRange = { start: fixture.indexOf('«'), end: fixture.indexOf('»') - 1 };
  let text = fixture.replace(/[«»]/g, '');
  let cursor = 0;
  for (const step of steps) {
    const [, name = '', given = ''] = /^(\w+)(?:: (.*))?$/s.exec(step) ?? [];
    const argument = given.replaceAll('⏎', '\n');
    if (name === 'after') cursor = text.indexOf(argument) + argument.length;
    else if (name === 'before') cursor = text.indexOf(argument);
    else {
      const deleted = name === 'delete' ? argument : '';
      const start = name === 'delete' ? text.indexOf(argument) : cursor;
      const insertedText = name === 'put' ? argument : '';
      range = afterChange(range, { start, deletedLength: deleted.length, insertedText });
      text = text.slice(0, start) + insertedText + text.slice(start + deleted.length);
      cursor = start + insertedText.length;
    }
  }
  return `${text.slice(0, range.start)}«${text.slice(range.start, range.end)}»${text.slice(range.end)}`;
}

describe('a followed range', () => {
  const fixtures: readonly (readonly [what: string, from: string, steps: string[], to: string])[] = [
    ['leaves out what is written behind it', 'x = «total(a)»;', ['after: (a)', 'put: .n'], 'x = «total(a)».n;'],
    ['leaves out what is written before it', 'x = «total(a)»;', ['before: total', 'put: -'], 'x = -«total(a)»;'],
    ['takes in a new end', 'x = «total(a)»;', ['delete: (a)', 'put: .', 'put: n'], 'x = «total.n»;'],
    ['takes in a new beginning', 'x = «total(a)»;', ['delete: total', 'put: s', 'put: um'], 'x = «sum(a)»;'],
    ['takes in what replaces it', 'x = «total(a)»;', ['delete: total(a)', 'put: s', 'put: um'], 'x = «sum»;'],
    ['comes back when it is undone', 'x = «a⏎b⏎c»;', ['delete: b⏎c', 'put: b⏎c', 'put: d'], 'x = «a⏎b⏎c»d;'],
    ['ends where the user goes on', 'x = «a(b)»', ['delete: (b)', 'put: ;', 'put: ⏎  ', 'put: y'], 'x = «a;»⏎  y'],
    ['begins on the line of its text', 'x = «a(b)»', ['delete: a', 'put: ⏎', 'put: y'], 'x = ⏎«y(b)»'],
    ['is what is left of it', 'x = «total(a)»;', ['delete: (a);'], 'x = «total»'],
    ['is empty where all is gone', 'x = «total(a)»;⏎y', ['delete: x = total(a);⏎'], '«»y'],
  ];
  for (const [what, from, steps, to] of fixtures) {
    it(what, () => {
      const played = play(
        from.replaceAll('⏎', '\n'),
        steps.map((step) => step.replaceAll('⏎', '\n')),
      );
      assert.equal(played.replaceAll('\n', '⏎'), to);
    });
  }

  it('knows when an edit across an end put in what is not its own', () => {
    const range = { start: 4, end: 9 };
    const isBlurred = (start: number, deletedLength: number, insertedText: string) =>
      afterChange(range, { start, deletedLength, insertedText }).isBlurred === true;
    assert.equal(isBlurred(2, 4, '+= s'), true);
    assert.equal(isBlurred(7, 4, 'x'), true);
    assert.equal(isBlurred(2, 4, ''), false);
    assert.equal(isBlurred(4, 5, 'total'), false);
    assert.equal(isBlurred(9, 3, 'x'), false);
  });
});
