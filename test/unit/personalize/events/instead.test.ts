import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Shown } from '../../../../src/personalize/events/completionEvent.ts';
import { Instead, type InsteadLook } from '../../../../src/personalize/events/instead.ts';

const uri = 'file:///w/a.ts';

/** A document in which ghost text is shown and refused at `█`, and then edited. Times in seconds. */
class Document {
  readonly instead = new Instead();
  text: string;
  cursor: number;
  #ids = 0;

  constructor(fixture: string, offered = 'compute(a)') {
    this.cursor = fixture.indexOf('█');
    this.text = fixture.replace('█', '');
    if (offered !== '') this.refuse(offered, 0);
  }

  refuse(offered: string, seconds: number, facts: Partial<Shown> = {}): Shown {
    const shown = this.show(offered, facts);
    this.instead.refused(shown, seconds * 1_000);
    return shown;
  }

  show(insertText: string, facts: Partial<Shown> = {}): Shown {
    const shown: Shown = {
      id: String(++this.#ids),
      uri,
      path: 'a.ts',
      languageId: 'typescript',
      model: 'starter',
      prefix: this.text.slice(0, this.cursor),
      suffix: this.text.slice(this.cursor),
      insertText,
      start: this.cursor,
      end: this.cursor,
      latencyMs: 12,
      origin: 'model',
      ...facts,
    };
    this.instead.shown(shown);
    return shown;
  }

  edit(start: number, deletedLength: number, insertedText: string): this {
    this.instead.changed(uri, { start, deletedLength, insertedText });
    this.text = this.text.slice(0, start) + insertedText + this.text.slice(start + deletedLength);
    this.cursor = start + insertedText.length;
    this.instead.textIs(uri, this.text);
    return this;
  }

  type(text: string): this {
    for (const key of text) this.edit(this.cursor, 0, key);
    return this;
  }

  back(characters: number): this {
    for (let i = 0; i < characters; i++) this.edit(this.cursor - 1, 1, '');
    return this;
  }

  /** Replaces the first occurrence of a text. */
  replace(deleted: string, insertedText: string): this {
    const start = this.text.indexOf(deleted);
    assert.ok(start >= 0, `"${deleted}" in "${this.text}"`);
    return this.edit(start, deleted.length, insertedText);
  }

  go(cursor: number): this {
    this.cursor = cursor;
    return this;
  }

  at(seconds: number): string[] {
    return this.instead.due(seconds * 1_000).map(said);
  }
}

/** `id: offered -> text`, with `again` for what was found before. */
function said({ shown, offered, text, isKnown }: InsteadLook): string {
  return `${shown.id}: ${offered} -> ${text}${isKnown ? ' again' : ''}`;
}

describe('instead of refused ghost text', () => {
  const fixtures: readonly (readonly [what: string, document: string, edit: (d: Document) => unknown, text: string])[] =
    [
      ['what is typed', 'x = █\n', (d) => d.type('sum(a, b);'), 'sum(a, b);'],
      ['not what stood right of it', 'x = █;\n', (d) => d.type('sum(b)'), 'sum(b)'],
      ['all, when what stood right of it is gone', 'x = █;\n', (d) => d.type('sum(b)').replace(';', ' +'), 'sum(b) +'],
      ['a closed pair', 'f(█)\n', (d) => d.type('{}').go(3).type(' a: 1 '), '{ a: 1 }'],
      ['the line alone', 'x = █\ny();', (d) => d.type('sum(b);\nreturn x;'), 'sum(b);'],
      ['at the end of the document', 'x = █', (d) => d.type('sum(b);'), 'sum(b);'],
      ['edits above', 'x = █', (d) => d.type('sum(b);').edit(0, 0, 'import y;\n'), 'sum(b);'],
      ['edits below', 'x = █\ny();', (d) => d.type('sum(b);').replace('y();', 'z();\n'), 'sum(b);'],
      ['edits before it on the line', 'let x = █', (d) => d.type('sum(b);').replace('let', 'const'), 'sum(b);'],
      ['a paste', 'x = █', (d) => d.edit(4, 0, 'sum(b);'), 'sum(b);'],
      ['slips mended', 'x = █', (d) => d.type('summ').back(1).type('(b);'), 'sum(b);'],
      ['a character before it deleted and typed again', 'x = █', (d) => d.back(2).type('= sum(b)'), 'sum(b)'],
      ['a formatter over all', 'x=█\ny()', (d) => d.type('sum(b)').edit(0, 12, 'x= sum( b );\ny();\n'), ' sum( b );'],
    ];
  for (const [what, document, edit, text] of fixtures) {
    it(`finds ${what}`, () => {
      const d = new Document(document);
      edit(d);
      assert.deepEqual(d.at(15), [`1: compute(a) -> ${text}`], d.text);
    });
  }

  const nothing: readonly (readonly [what: string, edit: (d: Document) => unknown])[] = [
    ['nothing was written', () => undefined],
    ['next to nothing was written', (d) => d.type('a b\tc')],
    ['a line was broken', (d) => d.type('\n    return x;')],
    ['what stood left of it was written over', (d) => d.back(3).type(': sum(b)')],
    ['its line is gone', (d) => d.replace('x = ;\n', '')],
    ['another text came over it', (d) => d.edit(0, d.text.length, '# Title\n\nwith some text\n')],
  ];
  for (const [what, edit] of nothing) {
    it(`finds nothing when ${what}`, () => {
      const d = new Document('a();\nx = █;\nb();');
      edit(d);
      assert.deepEqual(d.at(15), []);
      assert.deepEqual(d.at(60), []);
    });
  }

  it('looks after 15, 60 and 300 s, and says when what it found is gone', () => {
    const d = new Document('x = █').type('sum(a)');
    assert.equal(d.instead.nextDueMs(), 15_000);
    assert.deepEqual(d.at(14.9), []);
    assert.deepEqual(d.at(15), ['1: compute(a) -> sum(a)']);
    d.replace('(a)', '(b)');
    assert.deepEqual(d.at(60), ['1: compute(a) -> sum(b) again']);
    d.replace('sum(b)', '');
    assert.deepEqual(d.at(300), ['1: compute(a) ->  again']);
    assert.equal(d.instead.nextDueMs(), undefined);
    assert.deepEqual(d.at(9_999), []);
  });

  it('looks when the document is closed, once, and not at what nobody refused', () => {
    const d = new Document('x = █').type('sum(a)');
    d.show('more');
    assert.deepEqual(d.instead.closed(uri, `${d.text} + more;`).map(said), ['1: compute(a) -> sum(a) + more;']);
    assert.deepEqual(d.instead.closedAll(), []);
  });

  it('keeps one place on a line, the first', () => {
    const d = new Document('x = █');
    for (const key of 'sum(a, b)') {
      d.type(key);
      d.refuse('other', 1);
    }
    d.type('\ny = ').refuse('second()', 2);
    d.type('third()');
    assert.deepEqual(d.at(20), ['1: compute(a) -> sum(a, b)', '11: second() -> third()']);
  });

  it('takes an earlier place on the line, and a later one when the first is lost', () => {
    const earlier = new Document('x = one█ + 3;', '').type(' + two');
    earlier.refuse('compute(a)', 0);
    earlier.type('(a)').go(7).refuse('earlier()', 1);
    earlier.type(' + four');
    assert.deepEqual(earlier.at(20), ['2: earlier() ->  + four']);
    const lost = new Document('x = █').type('sum').back(5);
    lost.type(': number = ').refuse('later()', 1);
    lost.type('sum(b)');
    assert.deepEqual(lost.at(20), ['2: later() -> sum(b)']);
  });

  it('forgets what came to be accepted', () => {
    const d = new Document('x = █', '');
    const accepted = d.refuse('sum(a)', 0);
    d.type('sum(b)');
    d.instead.forget(accepted);
    assert.deepEqual(d.at(15), []);
  });

  it('knows only what is refused itself, not what it replaced on the screen', () => {
    const d = new Document('x = █', '');
    const replaced = d.show('sum(a)');
    d.show('sum(b)');
    d.instead.refused(replaced, 0);
    d.type('su');
    assert.equal(d.instead.nextDueMs(), undefined);
    d.refuse('sum(c)', 0);
    d.type('m(d)');
    assert.deepEqual(d.at(15), ['3: sum(c) -> m(d)']);
  });

  it('offers the first line of what was refused, without what stood of it', () => {
    const d = new Document('a█', '');
    d.refuse('alpha(b) {\n  c();\n}', 0, { start: 0 });
    d.type('lpha.beta');
    assert.deepEqual(d.at(15), ['1: lpha(b) { -> lpha.beta']);
  });

  it('makes a document of prefix, text and suffix', () => {
    const stays = new Document('a\nx = █; // b\nc').type('sum(b)');
    const goes = new Document('a\nx = █; // b\nc').type('sum(b)').replace('// b', '// d');
    for (const d of [stays, goes]) {
      const [look] = d.instead.due(15_000);
      assert.equal(`${look?.prefix}${look?.text}${look?.suffix}`, d.text);
    }
  });

  it('follows no more than the newest fifty places of a document', () => {
    const d = new Document('█');
    for (let line = 0; line < 60; line++) {
      d.type('total(a);\n');
      d.refuse('sum(b)', 0);
    }
    d.type('total(a);');
    assert.equal(d.at(15).length, 50);
  });

  it('is what finally stands there, whatever is edited there and elsewhere', () => {
    // Each part of the document has letters of its own: where in `aa` an `a` was put nobody can tell who only sees the
    // whole document replaced. The parts in capitals are left alone.
    const letters = ['ab\n', '', 'cd ', '', 'efgh() ', '', 'kl;', '', 'mn\n'];
    const above = 0;
    const left = 2;
    const written = 4;
    const right = 6;
    const below = 8;
    const text = (part: number, maxLength = 10) =>
      fc.string({ unit: fc.constantFrom(...(letters[part] ?? '').split('')), maxLength });
    const edit = fc.constantFrom(above, left, written, written, written, below).chain((part) =>
      fc.record({
        part: fc.constant(part),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        deleted: fc.nat(6),
        inserted: text(part, 6),
        isWhole: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(text(above), text(left), text(right), text(below), fc.array(edit, { maxLength: 25 }), (...made) => {
        const [textAbove, textLeft, textRight, textBelow, edits] = made;
        const parts = [textAbove, '\nA', textLeft, 'B', '', '', textRight, 'C\n', textBelow];
        const d = new Document(`${parts.slice(0, written).join('')}█${parts.slice(written).join('')}`);
        for (const { part, at, deleted, inserted, isWhole } of edits) {
          const before = parts[part] ?? '';
          const start = Math.floor(at * before.length);
          const deletedLength = Math.min(deleted, before.length - start);
          const offset = parts.slice(0, part).join('').length + start;
          parts[part] = before.slice(0, start) + inserted + before.slice(start + deletedLength);
          if (isWhole) d.edit(0, d.text.length, parts.join(''));
          else d.edit(offset, deletedLength, inserted);
        }
        const wanted = parts[written] ?? '';
        const looks = d.instead.due(15_000);
        assert.deepEqual(
          looks.map((look) => look.text),
          wanted.replaceAll(' ', '').length >= 4 ? [wanted] : [],
          JSON.stringify(d.text),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never wrong about the line, whatever is edited anywhere', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      deleted: fc.nat(5),
      inserted: fc.string({ unit: fc.constantFrom(...'x= (a)\n'.split('')), maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const d = new Document('ab\nx = █;\ncd\n');
        for (const { at, deleted, inserted } of edits) {
          const start = Math.floor(at * d.text.length);
          d.edit(start, Math.min(deleted, d.text.length - start), inserted);
        }
        for (const { text, prefix, suffix } of d.instead.due(15_000)) {
          const lineLeft = prefix.slice(prefix.lastIndexOf('\n') + 1);
          const lineRight = suffix.slice(0, suffix.indexOf('\n'));
          const lines = d.text.split('\n');
          assert.ok(!text.includes('\n') && text.replace(/\s/g, '').length >= 4);
          assert.ok(
            lines.some((line) => line.endsWith(text + lineRight)),
            `${text} in ${d.text}`,
          );
          assert.equal(lineLeft, 'x = ');
        }
      }),
    );
  });
});
