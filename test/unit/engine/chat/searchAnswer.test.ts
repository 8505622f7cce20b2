import assert from 'node:assert/strict';
import type { Hit } from '../../../../src/codeIndex/search/hit.ts';
import { searchAnswer } from '../../../../src/engine/chat/searchAnswer.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';

const hit: Hit = {
  folder: '/w',
  path: 'src/a.md',
  languageId: 'markdown',
  symbolPath: ['`odd` name'],
  kind: 'section',
  startLine: 10,
  endLine: 40,
  header: '',
  text: Array.from({ length: 31 }, (_, line) => `line ${line}`)
    .join('\n')
    .replace('line 3', '```\n<script>'),
  score: 1,
  reasons: [],
};

describe('an answer of a search', () => {
  it('says what it is, cites, and lets no passage out of its fence', () => {
    const text = searchAnswer([hit], inEnglish);
    assert.match(text, /^No model that can chat is loaded/);
    assert.match(text, /^src\/a\.md:10-23 `odd name`$/m);
    assert.match(text, /^````markdown\nline 0\n/m);
    assert.match(text, /\n````$/);
  });

  it('says that nothing was found', () => {
    assert.match(searchAnswer([], inEnglish), /nothing in the workspace was found/);
  });
});
