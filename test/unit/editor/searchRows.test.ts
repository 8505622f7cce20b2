import assert from 'node:assert/strict';
import { isSamePlace, recentRows, resultRows } from '../../../src/editor/searchRows.ts';
import type { SearchHit, SearchResult } from '../../../src/protocol/indexMessages.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';

const hit: SearchHit = {
  uri: 'file:///project/src/http/header.ts',
  path: 'src/http/header.ts',
  languageId: 'typescript',
  symbolPath: ['Header', 'parse'],
  startLine: 40,
  endLine: 52,
  text: '  parse(text: string): Header {\n  }\n',
  reasons: [
    { kind: 'words', words: ['parse'] },
    { kind: 'meaning', similarity: 0.6 },
  ],
};
const rowsOf = (result: Partial<SearchResult>) =>
  resultRows({ hits: [], complete: true, ...result }, ({ path }) => path, inEnglish);
const rowOf = (changes: Partial<SearchHit>) => {
  const [row] = rowsOf({ hits: [{ ...hit, ...changes }] });
  assert(row?.kind === 'hit');
  return row;
};
const labelOf = (result: Partial<SearchResult>) => rowsOf(result)[0]?.label ?? '';

describe('resultRows', () => {
  it('tell what it is, where it is and why it was found, in lines that count from 1', () => {
    const { label, detail } = rowOf({});
    assert.equal(label, 'Header › parse');
    assert.equal(detail, 'src/http/header.ts:41 · words: parse · similar meaning');
  });

  it('show the line to go to where there is no name', () => {
    const { label, detail } = rowOf({ symbolPath: [], text: '\n  {\n  routes.set("GET");\n  parse();\n' });
    assert.equal(label, 'parse();');
    assert.match(detail, /^src\/http\/header\.ts:44 /);
    assert.equal(rowOf({ symbolPath: [], text: '{\n}\n' }).label, 'src/http/header.ts');
  });

  it('keep the order of the engine', () => {
    const shown = rowsOf({ hits: [3, 1, 2].map((startLine) => ({ ...hit, startLine })) });
    assert.deepEqual(
      shown.map((row) => row.kind === 'hit' && row.hit.startLine),
      [3, 1, 2],
    );
  });

  it('let code look like code: no icon, no line break, no text that runs backwards', () => {
    const hostile = 'echo $(trash) $(date +%s)\n\u202Elive\u200B';
    assert.equal(rowOf({ symbolPath: [hostile] }).label, 'echo \\$(trash) $(date +%s) live');
    assert.match(rowOf({ path: 'a/$(sync~spin).sh' }).detail, /^a\/\\\$\(sync~spin\)\.sh:41 /);
  });

  it('are short enough to be read', () => assert.ok(rowOf({ symbolPath: ['x'.repeat(5000)] }).label.length < 300));

  it('say when there is nothing, and when there may be more later', () => {
    assert.equal(labelOf({}), '$(info) Nothing found.');
    assert.match(labelOf({ complete: false }), /still being indexed/);
  });

  it('say what went wrong, above what was found all the same', () => {
    const problem = { code: 'index.crashing', crashes: 5 } as const;
    const shown = rowsOf({ problem, hits: [hit] });
    assert.match(shown[0]?.label ?? '', /\$\(warning\) .* 5 times/);
    assert.equal(shown[1]?.kind, 'hit');
  });
});

describe('recentRows', () => {
  it('keep the query as it was typed', () => {
    const [row] = recentRows(['find $(trash)']);
    assert(row?.kind === 'recent');
    assert.equal(row.query, 'find $(trash)');
    assert.equal(row.label, '$(history) find \\$(trash)');
  });
});

describe('isSamePlace', () => {
  it('compares where, not what', () => {
    assert.equal(isSamePlace(hit, { ...hit, text: '', reasons: [] }), true);
    assert.equal(isSamePlace(hit, { ...hit, startLine: 41 }), false);
    assert.equal(isSamePlace(hit, undefined), false);
  });
});
