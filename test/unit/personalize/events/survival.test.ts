import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { TextChange } from '../../../../src/personalize/events/completionEvent.ts';
import { Survival } from '../../../../src/personalize/events/survival.ts';
import { afterChange, type TextRange } from '../../../../src/personalize/events/textRange.ts';

const uri = 'file:///w/a.ts';

/** A document whose accepted text stands between `«` and `»`, followed while it is edited. Times in seconds. */
class Document {
  readonly survival = new Survival();
  text: string;

  constructor(fixture: string) {
    const start = fixture.indexOf('«');
    const end = fixture.indexOf('»') - 1;
    this.text = fixture.replace('«', '').replace('»', '');
    this.survival.track('1', uri, { start, text: this.text.slice(start, end) }, 0);
    this.survival.textIs(uri, this.text);
  }

  /** Replaces the first occurrence of a text. */
  replace(deleted: string, insertedText: string): this {
    const start = this.text.indexOf(deleted);
    assert.ok(start >= 0, `"${deleted}" in "${this.text}"`);
    this.survival.changed(uri, { start, deletedLength: deleted.length, insertedText });
    this.text = this.text.slice(0, start) + insertedText + this.text.slice(start + deleted.length);
    this.survival.textIs(uri, this.text);
    return this;
  }

  /** `afterS:kept/characters` of the looks that are due. */
  at(seconds: number): string[] {
    return this.survival.due(seconds * 1_000).map((l) => `${l.afterS}:${l.keptCharacters}/${l.characters}`);
  }
}

describe('survival', () => {
  it('looks after 15, 60 and 300 s, once each', () => {
    const document = new Document('a = «total(b)»;');
    assert.equal(document.survival.nextDueMs(), 15_000);
    assert.deepEqual(document.at(14.9), []);
    assert.deepEqual(document.at(15), ['15:8/8']);
    assert.deepEqual(document.at(16), []);
    assert.equal(document.survival.nextDueMs(), 60_000);
    document.replace('total', 'sum');
    assert.deepEqual(document.at(61), ['60:3/8']);
    document.replace('sum(b)', '');
    assert.deepEqual(document.at(300), ['300:0/8']);
    assert.equal(document.survival.nextDueMs(), undefined);
    assert.deepEqual(document.at(9_999), []);
  });

  it('makes up for looks that a sleeping machine missed', () => {
    assert.deepEqual(new Document('«ab»').at(1_000), ['15:2/2', '60:2/2', '300:2/2']);
  });

  const fixtures: readonly (readonly [what: string, edit: (document: Document) => unknown, kept: string])[] = [
    ['text above and below', (d) => d.replace('x = ', 'const x = ').replace(';', '; // done'), '15:8/8'],
    ['text typed directly before and behind', (d) => d.replace(' ', ' !').replace(';', '.n;'), '15:8/8'],
    ['a changed argument', (d) => d.replace('(b)', '(c)'), '15:7/8'],
    ['deletion with what stood around', (d) => d.replace('x = total(b);', ''), '15:0/8'],
    ['deletion across its start', (d) => d.replace('= tot', ''), '15:5/8'],
    ['deletion across its end', (d) => d.replace('(b);', ''), '15:5/8'],
    ['deletion and undoing it', (d) => d.replace('total(b)', '').replace(' ;', ' total(b);'), '15:8/8'],
    ['a formatter that replaces the document', (d) => d.replace(d.text, 'let  x  =  total( b );\n'), '15:6/8'],
    ['another file over it', (d) => d.replace(d.text, '# Hi\n'), '15:0/8'],
  ];
  for (const [what, edit, kept] of fixtures) {
    it(`sees ${what}: ${kept}`, () => {
      const document = new Document('x = «total(b)»;');
      edit(document);
      assert.deepEqual(document.at(15), [kept]);
    });
  }

  it('knows the text of a long document that a formatter replaced from its likeness elsewhere', () => {
    const line = 'y = total(b);\n';
    const kept = new Document(`${line.repeat(500)}x = «total(b)»;`);
    kept.replace(kept.text, `${kept.text.replace('x = ', 'x  =  ')}\n`);
    assert.deepEqual(kept.at(15), ['15:8/8']);
    const gone = new Document(`${line.repeat(500)}x = «total(b)»;`);
    gone.replace(gone.text, gone.text.replace('x = total(b)', 'x = 1'));
    assert.deepEqual(gone.at(15), ['15:0/8']);
  });

  describe('says what the text became', () => {
    const fates: readonly (readonly [what: string, edit: (document: Document) => unknown, text: string])[] = [
      ['nothing happened', () => undefined, 'total(b)'],
      ['an argument changed', (d) => d.replace('(b)', '(b, c)'), 'total(b, c)'],
      ['text was written before and behind', (d) => d.replace(' ', ' !').replace(';', '.n;'), 'total(b)'],
      ['its end was written anew', (d) => d.replace('(b)', '').replace(';', '.n;'), 'total.n'],
      ['all of it was written anew', (d) => d.replace('total(b)', '').replace(';', 'n;'), 'n'],
      ['its statement is gone', (d) => d.replace('x = total(b);', ''), ''],
      ['a formatter replaced the document', (d) => d.replace(d.text, 'let  x  =  total( b );\n'), 'total( b )'],
    ];
    for (const [what, edit, text] of fates) {
      it(`when ${what}`, () => {
        const document = new Document('x = «total(b)»;');
        edit(document);
        const [look] = document.survival.due(15_000);
        const became = look?.became ?? assert.fail('it cannot tell');
        assert.equal(became.text, text);
        assert.equal(became.prefix + text + became.suffix, document.text);
      });
    }

    it('with what was typed before it was accepted', () => {
      const survival = new Survival();
      survival.track('1', uri, { start: 6, text: 'tal(b)' }, 0, 'total(b)');
      survival.textIs(uri, 'x = total(b);');
      survival.changed(uri, { start: 4, deletedLength: 2, insertedText: 'Tot' });
      survival.textIs(uri, 'x = Tottal(b);');
      const [look] = survival.due(15_000);
      assert.deepEqual([look?.became?.text, look?.characters, look?.keptCharacters], ['Tottal(b)', 6, 6]);
    });

    it('or that it cannot tell, when a long text was mixed with others', () => {
      const long = Array.from({ length: 200 }, (_, i) => `f(${i});`).join('\n');
      const document = new Document(`x;\n«${long}»\ny;`);
      document.replace(document.text, `X;\n${long.replaceAll('(', '( ')}\nY;`);
      const [look] = document.survival.due(15_000);
      assert.equal(look?.became, undefined);
      assert.ok((look?.keptCharacters ?? 0) > 500);
    });
  });

  it('judges at closing, once, for all looks that were still to come', () => {
    const document = new Document('«total(b)»;');
    assert.deepEqual(document.at(20), ['15:8/8']);
    const looks = document.survival.closed(uri, 'sum(b);');
    assert.deepEqual(
      looks.map((l) => `${l.afterS}:${l.keptCharacters}`),
      ['60:3', '300:3'],
    );
    assert.deepEqual(document.survival.closed(uri, ''), []);
    assert.deepEqual(document.at(400), []);
  });

  it('judges all documents at the end with what it was last told', () => {
    const { survival } = new Document('«total(b)»');
    survival.track('2', 'file:///w/b.ts', { start: 0, text: 'ab' }, 0);
    survival.textIs('file:///w/b.ts', 'ab');
    assert.deepEqual(
      survival.closedAll().map((l) => `${l.id} ${l.uri.at(-4)} ${l.afterS}:${l.keptCharacters}`),
      ['1 a 15:8', '1 a 60:8', '1 a 300:8', '2 b 15:2', '2 b 60:2', '2 b 300:2'],
    );
  });

  it('follows the longer text when another word of it is accepted', () => {
    const document = new Document('x = «total» (b)');
    document.survival.track('1', uri, { start: 4, text: 'total (b)' }, 5_000);
    document.survival.textIs(uri, document.text);
    assert.deepEqual(document.at(16), []);
    assert.deepEqual(document.at(20), ['15:9/9']);
  });

  it('keeps a range on its text through any edits outside it', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      delete: fc.nat(3),
      insert: fc.stringMatching(/^[a-c]{0,4}$/),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), fc.boolean(), (edits, startsBefore) => {
        let before = 'aaaaaaaa';
        let after = 'bbbbbbbb';
        let range: TextRange = { start: before.length, end: before.length + 3 };
        for (const [i, each] of edits.entries()) {
          const isBefore = (i % 2 === 0) === startsBefore;
          const text = isBefore ? before : after;
          const start = Math.floor(each.at * text.length);
          const deletedLength = Math.min(each.delete, text.length - start);
          const offset = isBefore ? start : before.length + 3 + start;
          range = afterChange(range, { start: offset, deletedLength, insertedText: each.insert });
          const edited = text.slice(0, start) + each.insert + text.slice(start + deletedLength);
          if (isBefore) before = edited;
          else after = edited;
        }
        assert.equal((before + 'XYZ' + after).slice(range.start, range.end), 'XYZ');
      }),
    );
  });

  it('never leaves the document, whatever is edited', () => {
    const change = fc.record({
      start: fc.nat(30),
      deletedLength: fc.nat(30),
      insertedText: fc.string({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 10 }), (changes: readonly TextChange[]) => {
        let length = 20;
        let range: TextRange = { start: 8, end: 12 };
        for (const each of changes) {
          const start = Math.min(each.start, length);
          const deletedLength = Math.min(each.deletedLength, length - start);
          range = afterChange(range, { start, deletedLength, insertedText: each.insertedText });
          length += each.insertedText.length - deletedLength;
          assert.ok(range.start >= 0 && range.start <= range.end && range.end <= length, JSON.stringify(range));
        }
      }),
    );
  });
});
