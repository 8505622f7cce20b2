import assert from 'node:assert/strict';
import { shown } from './shownProposals.ts';

describe('whole files', () => {
  const named: Readonly<Record<string, string>> = {
    'in the info string': '```ts src/a.ts\na\n```\n',
    'in the info string alone': '```src/a.ts\na\n```\n',
    'as an attribute': '```ts {3} filename=src/a.ts\na\n```\n',
    above: 'src/a.ts\n```ts\na\n```\n',
    'above, as a heading': '#### `src/a.ts` (new)\n\n```ts\na\n```\n',
    'above, with a label': 'File: src/a.ts\n~~~ts\na\n~~~\n',
  };
  for (const [where, answer] of Object.entries(named))
    it(`have their path ${where}`, () => assert.deepEqual(shown(answer), ['src/a.ts: = a']));

  it('have names without an extension where that is what they have', () => {
    assert.deepEqual(shown('File: bin/run\n```sh\na\n```\n```sh bin/stop\nb\n```\n'), [
      'bin/run: = a',
      'bin/stop: = b',
    ]);
    assert.deepEqual(shown('**Makefile**\n```make\na\n```\nDockerfile:\n```dockerfile\nb\n```\n'), [
      'Makefile: = a',
      'Dockerfile: = b',
    ]);
  });

  it('have it in their first line, which may not be theirs', () => {
    assert.deepEqual(shown('```py\n# src/a.py\nx\n```\n'), ['src/a.py: = # src/a.py|x (path comment)']);
    assert.deepEqual(shown('a.html\n```html\n<!-- a.html -->\n<p>\n```\n'), [
      'a.html: = <!-- a.html -->|<p> (path comment)',
    ]);
  });

  const nothing: Readonly<Record<string, string>> = {
    'a snippet': 'Call it:\n```ts\nf();\n```\n',
    'a snippet to be put into a file': 'Add this to `src/a.ts`:\n```ts\nf();\n```\n',
    'a snippet with the file it is from': '```ts\n// src/a.ts\nf();\n```\n',
    'a command': '```sh\nnpm i\n```\n',
    'a quotation in the notation of Continue': '```ts src/a.ts (10-20)\na\n```\n',
    'a quotation in the notation of Cursor': '```12:14:src/a.ts\na\n```\n',
    'a quotation in the notation of GitHub': '```ts src/a.ts#L10-L20\na\n```\n',
    'a heading that only looks like a file': '## Node.js\n\n```js\nf();\n```\n',
    'a name in bold': '**Node.js**\n```js\nf();\n```\n',
    'a headline': '**Build**\n```sh\nmake\n```\n',
    'two things in one': '### Client/Server\n```ts\nf();\n```\n',
    'a media type': '`application/json`:\n```json\n{}\n```\n',
    'a language that is called like its files': '```Dockerfile\nFROM a\n```\n',
    'a named snippet': '```js name=example\nf();\n```\n',
    'a version': '### v1.2.3\n```json\n{}\n```\n',
    'an address': 'https://example.org/a.ts\n```ts\nf();\n```\n',
    'code within a line': 'Use ```ts src/a.ts``` here.\n',
  };
  for (const [what, answer] of Object.entries(nothing))
    it(`are not ${what}`, () => assert.deepEqual(shown(answer, { files: ['src/a.ts'] }), []));

  it('may have code blocks themselves', () => {
    const inside = '# A\n\n```sh\nnpm i\n```\n\nText\n';
    const expected = ['README.md: = # A||```sh|npm i|```||Text', 'a.ts: = a'];
    const next = '\na.ts\n```ts\na\n```\n';
    assert.deepEqual(shown(`README.md\n\`\`\`\`md\n${inside}\`\`\`\`\n${next}`), expected, 'longer marks');
    assert.deepEqual(shown(`README.md\n\`\`\`md\n${inside}\`\`\`\n${next}`), expected, 'marks of the same length');
    assert.deepEqual(shown(`README.md\n~~~md\n${inside}~~~\n${next}`), expected, 'other marks');
    const bare = 'README.md\n```md\n# A\n\n```\nnpm i\n```\n\nText\n```\n';
    assert.deepEqual(shown(bare + next), ['README.md: = # A||```|npm i|```||Text', 'a.ts: = a'], 'no language within');
    const docstring = 'a.py\n```py\ndef f():\n    """\n    ```\n    f()\n    ```\n    """\n```\n';
    assert.deepEqual(shown(docstring), ['a.py: = def f():|    """|    ```|    f()|    ```|    """']);
  });

  it('are the one that was asked for, whatever stands above', () => {
    const asked = { files: ['src/a.ts'], expects: 'wholeFiles' } as const;
    const answer = 'Here is the file:\n```typescript\na\n```\n';
    assert.deepEqual(shown(answer, asked), ['src/a.ts: = a']);
    assert.deepEqual(shown(`Install it:\n\`\`\`sh\nnpm i\n\`\`\`\n${answer}`, asked), ['src/a.ts: = a']);
    assert.deepEqual(shown(answer + answer, asked), ['?: noPath', '?: noPath'], 'could be either');
    assert.deepEqual(shown(answer, { ...asked, isComplete: false }), ['?: unfinished'], 'another may follow');
    assert.deepEqual(shown(answer, { files: ['src/a.ts'] }), []);
    const commented = '```ts\n// src/a.ts\na\n```\n';
    assert.deepEqual(shown(commented, asked), ['src/a.ts: = // src/a.ts|a (path comment)']);
    const mentioned = 'Here is the updated `src/a.ts`:\n```ts\na\n```\n';
    assert.deepEqual(shown(mentioned, { files: ['src/a.ts', 'b.ts'], expects: 'wholeFiles' }), ['src/a.ts: = a']);
  });

  it('that are cut off are unfinished', () => {
    assert.deepEqual(shown('a.ts\n```ts\na\n'), ['a.ts: unfinished']);
    assert.deepEqual(shown('a.ts\n```ts\na\n```', { isComplete: false }), ['a.ts: unfinished']);
    assert.deepEqual(shown('a.ts\n```ts\na\n```'), ['a.ts: = a']);
  });
});
