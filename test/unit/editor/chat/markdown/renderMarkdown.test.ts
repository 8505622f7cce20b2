import assert from 'node:assert/strict';
import fc from 'fast-check';
import { settledBlocks, textBlocks } from '../../../../../src/editor/chat/markdown/blocks.ts';
import { markable } from '../../../../../src/editor/chat/markdown/citationMarks.ts';
import { citationNames, renderMarkdown } from '../../../../../src/editor/chat/markdown/renderMarkdown.ts';
import { hostileAnswers } from './hostileAnswers.ts';

const render = (text: string) => renderMarkdown(text, { start: 0, end: text.length }, [], []);
const html = (text: string) => render(text).html.trim();

/** Pieces of Markdown that change what stands around them. */
const pieces = fc.constantFrom(
  ...'word|- item|1. one|> said|```|~~~|`|**|_|# |---|===|    |[a](b)|[a]: http://b|[a][b]|![p](http://x/y)'.split('|'),
  ...'| a | b |;\n|-|-|\n; ;\n;\n\n;<b>;</b>;<!--;&amp;;\\;\t;\r\n'.split(';'),
);
const markdown = fc.array(pieces, { maxLength: 30 }).map((parts) => markable(parts.join('')));

describe('renderMarkdown', () => {
  it('makes of Markdown what it means', () => {
    assert.equal(html('**a** and `b`'), '<p><strong>a</strong> and <code>b</code></p>');
    assert.equal(html('# Title'), '<h3>Title</h3>');
    assert.match(html('- a\n- b'), /^<ul>\s*<li>a<\/li>\s*<li>b<\/li>\s*<\/ul>$/);
    assert.match(html('| a |\n|---|\n| b |'), /<th>a<\/th>[^]*<td>b<\/td>/);
  });

  it('takes code blocks out, wherever they are', () => {
    const { html: markup, code } = render('```ts src/a.ts\nlet a;\n```\n- b\n  ```\n  c\n  ```');
    assert.deepEqual(code, [
      { info: 'ts src/a.ts', text: 'let a;' },
      { info: '', text: 'c' },
    ]);
    assert.match(markup, /data-code="0"[^]*<li>[^]*data-code="1"/);
  });

  it('shows a link as its text and its address', () => {
    assert.equal(
      html('[docs](https://x.example/a?b=1&c=2)'),
      '<p><span class="link">docs</span> <span class="address">(https://x.example/a?b=1&amp;c=2)</span></p>',
    );
    assert.equal(html('[src/a.ts](src/a.ts)'), '<p><span class="link">src/a.ts</span></p>');
    assert.equal(html('[a]\n\n[a]: http://b'), '<p>[a]</p>\n<p>[a]: http://b</p>');
  });

  it('names a picture and never shows it', () =>
    assert.equal(
      html('![p](http://x/y)'),
      '<p><span class="link">p</span> <span class="address">(http://x/y)</span></p>',
    ));

  for (const [name, answer] of Object.entries(hostileAnswers))
    it(`makes neither an element nor an address of ${name}`, () => {
      const markup = html(answer);
      const tags = [...markup.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)];
      for (const [tag, element = '', attributes = ''] of tags) {
        assert.match(
          element,
          /^(?:p|br|hr|blockquote|ul|ol|li|h[3-6]|div|span|strong|em|s|code|table|thead|tbody|tr|th|td)$/,
          tag,
        );
        assert.match(
          attributes,
          /^(?:| class="(?:link|address)"| data-code="\d+"| start="\d+"| style="text-align:\w+")$/,
          tag,
        );
      }
    });

  it('ends in time, whatever is nested in what', () => {
    const startMs = performance.now();
    for (const nasty of [
      '> '.repeat(20_000),
      '['.repeat(20_000),
      '*a '.repeat(20_000),
      '*a '.repeat(6000),
      '- '.repeat(5000),
      '`'.repeat(20_000),
      '![[]('.repeat(5000),
    ])
      render(`${nasty}x`);
    assert.ok(performance.now() - startMs < 5000);
  });
});

const numberless = (markup: string) => markup.replace(/data-code="\d+"/g, 'data-code').trim();

describe('textBlocks', () => {
  it('cuts a text where its blocks begin', () => {
    const text = 'One\ntwo\n\n- a\n- b\n\n```\nx\n\ny\n```\nEnd';
    assert.deepEqual(
      textBlocks(text).map(({ start, end }) => text.slice(start, end)),
      ['One\ntwo\n\n', '- a\n- b\n\n', '```\nx\n\ny\n```\n', 'End'],
    );
  });

  it('reads the same as the text in one', () =>
    fc.assert(
      fc.property(markdown, (text) => {
        const parts = textBlocks(text).map((block) => renderMarkdown(text, block, [], []));
        const whole = render(text);
        assert.equal(numberless(parts.map((part) => part.html).join('')), numberless(whole.html));
        assert.deepEqual(
          parts.flatMap((part) => part.code),
          whole.code,
        );
      }),
      { numRuns: 500 },
    ));

  it('keeps what is settled as it is while a text grows', () =>
    fc.assert(
      fc.property(markdown, fc.nat(), (text, cut) => {
        const before = text.slice(0, cut % (text.length + 1));
        const kept = settledBlocks(before, textBlocks(before));
        const grown = [...kept, ...textBlocks(text, kept.at(-1)?.end ?? 0)];
        const shown = (blocks: ReturnType<typeof textBlocks>) =>
          blocks.map((block) => renderMarkdown(text, block, [], []).html).join('');
        assert.equal(shown(grown).trim(), shown(textBlocks(text)).trim());
      }),
      { numRuns: 500 },
    ));
});

const cited = (text: string, ...names: string[]) => {
  const citations = names.map((name) => {
    const start = text.indexOf(name);
    return { start, end: start + name.length, uri: 'file:///x', startLine: 1, endLine: 1 };
  });
  const marked = markable(text);
  const block = { start: 0, end: marked.length };
  return renderMarkdown(marked, block, citations, citationNames(marked, citations));
};

describe('citations', () => {
  it('go through Markdown as one word each, whatever their names are made of', () => {
    assert.equal(
      cited('See **src/__init__.py:3** or `a_b.ts:4`.', 'src/__init__.py:3', 'a_b.ts:4').html.trim(),
      '<p>See <strong>\ue0000\ue001</strong> or <code>\ue0001\ue001</code>.</p>',
    );
  });

  it('are the text that they were inside of code blocks and in addresses', () => {
    assert.deepEqual(cited('```ts src/a.ts:3\n// src/b.ts:4\n```', 'src/a.ts:3', 'src/b.ts:4').code, [
      { info: 'ts src/a.ts:3', text: '// src/b.ts:4' },
    ]);
    assert.equal(
      cited('[src/a.ts:3](src/a.ts:3)', 'src/a.ts:3').html.trim(),
      '<p><span class="link">\ue0000\ue001</span></p>',
    );
  });

  it('cannot be forged', () => assert.ok(!html(markable('see \ue0000\ue001')).includes('\ue000')));
});
