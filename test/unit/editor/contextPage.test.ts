import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { contextPage, fenced, markdownLink, type Place } from '../../../src/editor/contextPage.ts';
import type { ContextSnippet, LastContext } from '../../../src/protocol/indexMessages.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';

const snippet: ContextSnippet = {
  source: 'index',
  path: 'src/text.ts',
  startLine: 11,
  text: 'export function slugify(title: string): string {',
  reasons: [{ kind: 'words', words: ['slug'] }],
};
const page = (completion: Partial<NonNullable<LastContext['completion']>>, linkOf = linkTo) =>
  contextPage({ path: 'src/server.ts', line: 4, snippets: [snippet], ...completion }, linkOf, inEnglish);
const linkTo = ({ path }: Place): string | undefined => markdownLink('/project', `/project/${path}`);

/** Everything that a reader of Markdown would not take for code, by the rules of fences. */
function outsideOfFences(markdown: string): string {
  let fence: string | undefined;
  return markdown
    .split(/\r\n|\r|\n/)
    .filter((line) => {
      const mark = /^ {0,3}(`{3,})/.exec(line)?.[1];
      if (fence === undefined) {
        fence = mark;
        return mark === undefined;
      }
      if (mark !== undefined && mark.length >= fence.length && line.trim() === mark) fence = undefined;
      return false;
    })
    .join('\n');
}

describe('contextPage', () => {
  it('says where the completion was, and of each snippet where it is, where it came from and why', () => {
    assert.equal(
      page({}),
      `# Hearth: why this context

Completion at [src\\/server\\.ts\\:5](/src/server.ts#L5).

Beside the code around the cursor the model was given one piece of other code.

## 1. [src\\/text\\.ts\\:12](/src/text.ts#L12)

From the workspace index · words\\: slug

\`\`\`ts
export function slugify(title: string): string {
\`\`\`
`,
    );
  });

  it('says when there was nothing but the code around the cursor', () => {
    assert.match(page({ snippets: [] }), /and nothing else\.\n$/);
  });

  it('says how many there were', () => {
    assert.match(page({ snippets: [snippet, snippet] }), /given 2 pieces/);
  });

  it('links nothing that cannot be opened, and no line that is not known', () => {
    const { startLine: _, ...unplaced } = snippet;
    assert.match(page({ snippets: [unplaced] }), /\]\(\/src\/text\.ts\)/);
    assert.doesNotMatch(
      page({}, () => undefined),
      /\]\(/,
    );
  });

  it('has words for every source of the pipeline, and names one it does not know', () => {
    const sources = ['importedDeclarations', 'openTabs', 'recentEdits', 'index'];
    for (const source of sources)
      assert.doesNotMatch(page({ snippets: [{ ...snippet, source }] }), new RegExp(`^${source} `, 'm'));
    assert.match(page({ snippets: [{ ...snippet, source: 'else*' }] }), /else\\\*/);
  });

  it('lets no path be more than text', () => {
    const hostile = 'a](command:workbench.action.quit) ![x](https://evil.example/a.png)\n# <img src=x>.ts';
    const outside = outsideOfFences(page({ path: hostile, snippets: [{ ...snippet, path: hostile }] }));
    assert.doesNotMatch(outside, /(?<!\\)!\[|(?<!\\)<|\]\((?!\/)|^# <|(?<!\\)\(https/m);
    // One link for the completion and one for the snippet, both to a file.
    assert.equal([...outside.matchAll(/(?<!\\)\]\(\/[^\s()]*\)/g)].length, 2);
  });

  it('lets no reason be more than text', () => {
    const reasons = [{ kind: 'words', words: ['[x](command:y)', '<b>'] }] as const;
    assert.doesNotMatch(outsideOfFences(page({ snippets: [{ ...snippet, reasons }] })), /(?<!\\)\[x|(?<!\\)<b/);
  });
});

describe('markdownLink', () => {
  it('counts from the folder, also to what lies beside it', () => {
    assert.equal(markdownLink('/work', '/work/src/a.ts'), '/src/a.ts');
    assert.equal(markdownLink('/work/one', '/work/two/a b.ts'), '/../two/a%20b.ts');
  });

  it('holds nothing that Markdown could act on, and can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
        fc.pre(!name.includes('/') && name !== '' && name !== '.' && name !== '..');
        const link = markdownLink('/work', `/work/${name}`);
        assert.match(link, /^\/[\w.%-]+$/);
        assert.equal(decodeURIComponent(link), `/${name}`);
      }),
    );
  });
});

describe('fenced', () => {
  it('lets no code end its own block', () => {
    const line = fc.oneof(
      fc.constantFrom('```', '````', '`````ts', '   ```', '\t```', '~~~', '> ```', '![x](https://evil.example)'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r', '\r\n'), (lines, lineEnd) => {
        const text = lines.join(lineEnd);
        assert.equal(outsideOfFences(fenced({ path: 'a.ts', text })), '');
        assert.equal(outsideOfFences(`${fenced({ path: 'a.ts', text })}\nafter`), 'after');
      }),
    );
  });

  it('takes the language from the name, and nothing else', () => {
    assert.match(fenced({ path: 'src/a.py', text: '' }), /^```py\n/);
    for (const path of ['Makefile', 'a.b c', 'a.```', 'x.\nscript']) assert.match(fenced({ path, text: '' }), /^```\n/);
  });
});
