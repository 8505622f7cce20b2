import assert from 'node:assert/strict';
import { shown } from './shownProposals.ts';

const block = '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n';
const fenced = (info: string, body: string, marks = '```') => `${marks}${info}\n${body}${marks}\n`;

describe('search/replace blocks', () => {
  // Each the way that some model or prompt has it.
  const named: Readonly<Record<string, string>> = {
    'above the code block': `Do it.\n\nsrc/a.ts\n${fenced('ts', block)}`,
    'above, in bold': `**src/a.ts**\n${fenced('ts', block)}`,
    'above, as a heading': `### src/a.ts\n\n${fenced('', block)}`,
    'above, as code': `\`src/a.ts\`:\n${fenced('ts', block)}`,
    'above, with a label': `**File:** \`src/a.ts\`\n${fenced('ts', block)}`,
    'above, numbered': `1. \`src/a.ts\`\n${fenced('ts', block)}`,
    'in a sentence': `Now change \`src/a.ts\` like this:\n\n${fenced('ts', block)}`,
    'in the info string': fenced('ts src/a.ts', block),
    'in the info string alone': fenced('src/a.ts', block),
    'behind a colon': fenced('ts:src/a.ts', block),
    'as an attribute': fenced('ts title="src/a.ts"', block),
    'inside, above the block': fenced('ts', `src/a.ts\n${block}`),
    'inside, as a comment': fenced('ts', `// src/a.ts\n${block}`),
    'as a code block of its own': `${fenced('ts', 'src/a.ts\n')}${fenced('ts', block)}`,
    'behind the first marks': fenced('ts', block.replace('SEARCH', 'SEARCH src/a.ts')),
    'without a code block': `src/a.ts\n${block}`,
    'in a list': `- src/a.ts\n  ${fenced('ts', block).replaceAll('\n', '\n  ')}`,
    'with Windows line ends': `src/a.ts\n${fenced('ts', block)}`.replaceAll('\n', '\r\n'),
  };
  for (const [where, answer] of Object.entries(named))
    it(`are for the path ${where}`, () => assert.deepEqual(shown(answer), ['src/a.ts: -a +b']));

  it('are for the one file in question, or the one before, when they name none', () => {
    assert.deepEqual(shown(fenced('ts', block), { files: ['lib/b.ts'] }), ['lib/b.ts: -a +b']);
    assert.deepEqual(shown(`src/a.ts\n${fenced('ts', block)}\nAnd then:\n\n${fenced('ts', block)}`), [
      'src/a.ts: -a +b',
      'src/a.ts: -a +b',
    ]);
    assert.deepEqual(shown(fenced('ts', block), { files: ['a.ts', 'b.ts'] }), ['?: noPath']);
  });

  it('are for the file that the context knows by a longer path', () => {
    const files = ['src/app/a.ts', 'src/app/b.ts', 'lib/b.ts'];
    assert.deepEqual(shown(`path/to/a.ts\n${fenced('ts', block)}`, { files }), ['src/app/a.ts: -a +b']);
    assert.deepEqual(shown(`b.ts\n${fenced('ts', block)}`, { files }), ['b.ts: -a +b'], 'could be two');
    assert.deepEqual(shown(`my file.ts\n${fenced('ts', block)}`, { files: ['my file.ts', 'x.ts'] }), [
      'my file.ts: -a +b',
    ]);
    assert.deepEqual(shown(`a\\_b.py\n${fenced('py', block)}`), ['a_b.py: -a +b']);
  });

  it('may be several in a code block, for several files', () => {
    const answer = `${fenced('', `src/a.ts\n${block}\n${block}\n// lib/b.ts\n${block}`)}\nThat is all.\n`;
    assert.deepEqual(shown(answer), ['src/a.ts: -a +b', 'src/a.ts: -a +b', 'lib/b.ts: -a +b']);
  });

  it('may be marked as Cline, old prompts and forgetful models do', () => {
    for (const marks of [
      ['------- SEARCH', '=======', '+++++++ REPLACE'],
      ['<<<<<<< ORIGINAL', '=======', '>>>>>>> UPDATED'],
      ['<<<<<< SEARCH', '========', '>>>>>>> REPLACE'],
      ['<<<<<<< SEARCH>', '=======', '>>>>>>>'],
      ['<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE```'],
    ])
      assert.deepEqual(shown(`a.ts\n${marks[0]}\na\n${marks[1]}\nb\n${marks[2]}\n`), ['a.ts: -a +b']);
  });

  it('contain code blocks of the file without ending at them', () => {
    const readme = '<<<<<<< SEARCH\n```sh\nnpm i\n```\n=======\n```sh\nnpm ci\n```\n>>>>>>> REPLACE\n';
    assert.deepEqual(shown(`README.md\n${fenced('md', readme)}\na.ts\n${fenced('ts', block)}`), [
      'README.md: -```sh|npm i|``` +```sh|npm ci|```',
      'a.ts: -a +b',
    ]);
  });

  it('may remove, insert and fill', () => {
    assert.deepEqual(shown('a.ts\n<<<<<<< SEARCH\na\n=======\n>>>>>>> REPLACE\n'), ['a.ts: -a +']);
    assert.deepEqual(shown('a.ts\n<<<<<<< SEARCH\n=======\nb\n>>>>>>> REPLACE\n'), ['a.ts: - +b']);
  });

  it('with an underlined heading in them are told by the length of the divider', () => {
    assert.deepEqual(shown('a.rst\n<<<<<<< SEARCH\nTitle\n=====\n=======\nOther\n=====\n>>>>>>> REPLACE\n'), [
      'a.rst: -Title|===== +Other|=====',
    ]);
    assert.deepEqual(shown('a.rst\n<<<<<<< SEARCH\na\n=======\nb\n=======\n>>>>>>> REPLACE\n'), [
      'a.rst: there are several ======= lines',
    ]);
  });

  it('that are broken are refused, and the next is read', () => {
    assert.deepEqual(shown(`a.ts\n<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n${block}`), [
      'a.ts: there is no ======= line',
      'a.ts: -a +b',
    ]);
    assert.deepEqual(shown(`a.ts\n<<<<<<< SEARCH\na\n=======\nb\n${block}`), [
      'a.ts: a block begins before the one above has its last line',
      'a.ts: -a +b',
    ]);
    assert.deepEqual(shown('a.ts\n<<<<<<< SEARCH\na\n=======\nb\n'), ['a.ts: unfinished']);
  });

  it('that a model only thinks of are none', () => {
    assert.deepEqual(shown(`<think>\na.ts\n${block}</think>\nlib/b.ts\n${block}`), ['lib/b.ts: -a +b']);
    assert.deepEqual(shown(`<think>\na.ts\n${block}`), []);
  });

  it('in a code block that is a file are its text', () => {
    assert.deepEqual(shown(`docs/edits.md\n${fenced('md', `# Edits\n\n${block}`, '````')}`), [
      'docs/edits.md: = # Edits||<<<<<<< SEARCH|a|=======|b|>>>>>>> REPLACE',
    ]);
  });

  it('are no conflict markers of Git', () => {
    assert.deepEqual(shown('<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n', { files: ['a.ts'] }), []);
  });
});
