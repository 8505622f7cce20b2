import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { type LineChange, RecentEdits } from '../../../../../src/inference/completion/context/recentEdits.ts';
import type { ContextQuery, Snippet } from '../../../../../src/inference/completion/types.ts';
import { documentOf, queryAt, whileTyping } from './fixtures.ts';

const noAbort = new AbortController().signal;
const elsewhere = queryAt('█', 'elsewhere.ts');
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`);

/** An open file that tells the tracker about its changes. */
class TestFile {
  readonly path: string;
  lines: string[];
  readonly #edits: RecentEdits;

  constructor(edits: RecentEdits, path: string, lines = numbered(1_000)) {
    this.#edits = edits;
    this.path = path;
    this.lines = lines;
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** Replaces the lines from `startLine` to `endLine`, inclusive. */
  replace(startLine: number, endLine: number, ...by: string[]): void {
    this.lines.splice(startLine, endLine - startLine + 1, ...by);
    this.change({ startLine, endLine, text: by.join('\n') });
  }

  change(...changes: LineChange[]): void {
    this.#edits.documentChanged(documentOf('', this.path).uri, this.path, changes, this.text);
  }
}

/** Without what was remembered for the line: a query about a third document comes in between. */
async function askedAnew(edits: RecentEdits, query: ContextQuery): Promise<readonly Snippet[]> {
  await edits.snippets(queryAt('█', 'third.ts'), noAbort);
  return edits.snippets(query, noAbort);
}

const shown = async (edits: RecentEdits, query = elsewhere) =>
  (await askedAnew(edits, query)).map(({ path, text }) => ({ path, lines: text.split('\n') }));

describe('recentEdits', () => {
  it('shows ten lines around an edit', async () => {
    const edits = new RecentEdits();
    new TestFile(edits, 'a.ts').replace(50, 50, 'edited');
    const [snippet, ...none] = await shown(edits);
    assert.deepEqual(none, []);
    assert.equal(snippet?.path, 'a.ts');
    assert.ok(snippet.lines.includes('edited') && snippet.lines.length >= 10 && snippet.lines.length <= 12);
  });

  it('shows the newest first, eight at most, across files', async () => {
    const edits = new RecentEdits();
    const [a, b] = [new TestFile(edits, 'a.ts'), new TestFile(edits, 'b.ts')];
    for (let i = 0; i < 6; i++) {
      a.replace(100 * i, 100 * i, `a${i}`);
      b.replace(100 * i, 100 * i, `b${i}`);
    }
    const found = await edits.snippets(elsewhere, noAbort);
    const marks = found.map(({ text }) => /^[ab]\d$/m.exec(text)?.[0]);
    assert.deepEqual(marks, ['b5', 'a5', 'b4', 'a4', 'b3', 'a3', 'b2', 'a2']);
    assert.deepEqual(
      found.map(({ score }) => score),
      found.map(({ score }) => score).toSorted((x, y) => y - x),
    );
  });

  it('makes one snippet of neighbouring edits, with their latest text', async () => {
    const edits = new RecentEdits();
    const file = new TestFile(edits, 'a.ts');
    for (const [line, text] of [
      [50, 'x'],
      [51, 'y'],
      [54, 'z'],
      [50, 'xx'],
    ] as const)
      file.replace(line, line, text);
    const [snippet, ...none] = await shown(edits);
    assert.deepEqual(none, []);
    assert.deepEqual(
      snippet?.lines.filter((line) => !line.startsWith('line')),
      ['xx', 'y', 'z'],
    );
  });

  it('follows an edit when lines come and go above it, and drops it when it is deleted', async () => {
    const edits = new RecentEdits();
    const file = new TestFile(edits, 'a.ts');
    file.replace(500, 500, 'marked');
    file.replace(10, 10, 'one', 'two', 'three');
    file.replace(100, 140, 'removed');
    assert.ok((await shown(edits)).some(({ lines }) => lines.includes('marked')));
    file.replace(400, 600, 'nothing');
    const left = (await shown(edits)).flatMap(({ lines }) => lines.filter((line) => !line.startsWith('line')));
    assert.deepEqual(left.toSorted(), ['nothing', 'one', 'removed', 'three', 'two']);
  });

  it('leaves out what is near the cursor of the same document', async () => {
    const edits = new RecentEdits();
    const file = new TestFile(edits, 'a.ts');
    file.replace(500, 500, 'far');
    file.replace(30, 30, 'near');
    const query = { document: documentOf(file.text, 'a.ts'), offset: 0, budgetCharacters: 1_000 };
    const found = (await shown(edits, query)).flatMap(({ lines }) => lines);
    assert.ok(found.includes('far') && !found.includes('near'));
  });

  it('forgets a file', async () => {
    const edits = new RecentEdits();
    new TestFile(edits, 'a.ts').replace(5, 5, 'secret');
    edits.forget(documentOf('', 'a.ts').uri);
    assert.deepEqual(await shown(edits), []);
  });

  it('does not change while a line is typed', async () => {
    const edits = new RecentEdits();
    new TestFile(edits, 'other.ts').replace(50, 50, 'edited');
    const file = new TestFile(edits, 'a.ts');
    file.replace(10, 10, 'first');
    file.replace(700, 700, 'second');
    file.replace(250, 250, '');
    const text = file.text;
    const offset = text.indexOf('line 251') - 1;
    const start = { document: documentOf(text, 'a.ts'), offset, budgetCharacters: 1_000 };
    const before = await edits.snippets(start, noAbort);
    assert.equal(before.length, 3);
    for (const query of whileTyping(start, 'const total = sum();')) {
      file.lines = query.document.text.split('\n');
      file.change({ startLine: 250, endLine: 250, text: 'x' });
      assert.deepEqual(await edits.snippets(query, noAbort), before);
      assert.deepEqual(await askedAnew(edits, query), before);
    }
  });

  it('shows only lines that exist, whatever is edited', async () => {
    const change = fc.tuple(fc.nat(60), fc.nat(20), fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 40 }), async (changes) => {
        const edits = new RecentEdits();
        const file = new TestFile(edits, 'a.ts', numbered(40));
        for (const [at, length, by] of changes) {
          const startLine = Math.min(at, file.lines.length - 1);
          file.replace(startLine, Math.min(startLine + length, file.lines.length - 1), ...(by.length > 0 ? by : ['']));
        }
        for (const { lines } of await shown(edits)) {
          assert.ok(lines.length <= 20);
          assert.ok(`\n${file.text}\n`.includes(lines.join('\n')));
        }
      }),
    );
  });
});
