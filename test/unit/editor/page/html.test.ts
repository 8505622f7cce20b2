import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { flag, Html, html } from '../../../../src/editor/page/html.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('<', '>', '&', '"', "'", '=', '/', '!', '-', ' ', '`', '$', '{', '}', 'a', '#', ';'),
  }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</textarea><script>',
    '-->',
    '&lt;b&gt;',
    '&#60;',
  ),
);

/** What a parser of HTML makes of character references: these are the only ones that are ever written. */
const read = (markup: string) => markup.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

describe('html', () => {
  it('lets no text become markup, neither between tags nor in a quoted attribute', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markup = html`<p title="${text}">${text}</p>`.toString();
        const [, attribute = '', content = ''] = /^<p title="([^"<>]*)">([^<>"]*)<\/p>$/.exec(markup) ?? [];
        assert.equal(read(attribute), text);
        assert.equal(read(content), text);
        assert.doesNotMatch(markup, /&(?!#\d+;)/);
      }),
    );
  });

  it('puts markup in as it is, lists one after the other, and nothing for what is not there', () => {
    const items = ['a', '<b>'].map((each) => html`<li>${each}</li>`);
    assert.equal(
      html`<ul>${items}${false}${undefined}${0}</ul>`.toString(),
      '<ul><li>a</li><li>&#60;b&#62;</li>0</ul>',
    );
  });

  it('takes nothing for markup that it has not made itself', () => {
    const forged: unknown[] = [
      { toString: () => '<script>' },
      JSON.parse('{"markup":"<script>"}'),
      Object.setPrototypeOf({ toString: () => '<script>' }, null),
    ];
    for (const each of forged) {
      let markup = '';
      try {
        markup = String(Reflect.apply(html, undefined, [['<p>', '</p>'], each]));
      } catch {
        // As good: nothing is shown at all.
      }
      assert.doesNotMatch(markup, /<script/);
    }
    assert.equal(html``.constructor, Html);
  });

  it('refuses an attribute without quotes, which a text could leave', () => {
    assert.throws(() => html`<p title=${'x'}></p>`, /without quotes/);
    assert.throws(() => html`<p title= ${'x'}></p>`, /without quotes/);
  });
});

describe('flag', () => {
  it('is there or not', () => {
    assert.equal(html`<input${flag('checked', true)}>`.toString(), '<input checked>');
    assert.equal(html`<input${flag('checked', false)}>`.toString(), '<input>');
  });
});
