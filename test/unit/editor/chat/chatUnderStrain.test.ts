import assert from 'node:assert/strict';
import { faults, until } from '../page/webviewInBrowser.ts';
import { describeChat } from './chatInPages.ts';
import { hostileAnswers } from './markdown/hostileAnswers.ts';
import { answer, asked, conversation, fileItem, longConversation, question, summary, talk } from './recordedChat.ts';
import { began, delta } from './recordedChatEngine.ts';

describeChat('the chat view under strain', ({ open, openTalk }) => {
  it('makes nothing of hostile texts, in one or in pieces: no element, no load, no link', async () => {
    const hostile = Object.values(hostileAnswers);
    const turns = hostile.flatMap((text, index) => [
      question(`q${index}`, index === 0 ? null : `a${index - 1}`, text, {
        context: [{ ...fileItem, label: text, text }],
      }),
      answer(`a${index}`, `q${index}`, text, { problem: { code: 'chat.failed', reason: text } }),
    ]);
    const { page, engine, behind, settled, desk } = await openTalk({
      prepare: (each) => {
        each.conversationNow = conversation(turns.slice(0, 40), { title: hostile.join(' ') });
        each.pageNow = { conversations: [summary(each.conversationNow)] };
      },
    });
    await page.locator('.answer').first().waitFor();
    const nothing = async (what: string) => {
      const found = `[...document.querySelectorAll(${JSON.stringify(strangeElements)})].map((each) => each.outerHTML.slice(0, 200))`;
      assert.deepEqual(await page.evaluate(found), [], what);
      assert.equal(await page.locator('.answer .citation').count(), 0, what);
    };
    await nothing('the first ones');
    engine.conversationNow = conversation(
      turns.slice(40).map((turn) => (turn.id === 'q20' ? { ...turn, parent: null } : turn)),
    );
    await behind.receive({ do: 'open', id: 'c1' });
    await nothing('the others');
    for (const [index, text] of hostile.entries()) {
      void behind.receive({ do: 'send', text: 'Why?' });
      const parent = index === 0 ? (turns.at(-1)?.id ?? null) : `streamed${index - 1}`;
      behind.began(began(engine.conversationNow, question(`again${index}`, parent, text), `streamed${index}`));
      for (let from = 0; from < text.length; from += 19) {
        behind.wrote(delta(`streamed${index}`, text.slice(from, from + 19)));
        if (index % 4 === 0) await settled();
      }
      await settled();
      await nothing(text);
      engine.answer(answer(`streamed${index}`, `again${index}`, text));
      await settled();
    }
    await behind.receive({ do: 'inspect', of: 'again0' });
    await behind.receive({ do: 'inspect', of: 'q30' });
    await page.locator('.inspection').waitFor();
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    await behind.receive({ do: 'history' });
    await page.locator('.conversation').waitFor();
    await settled();
    await nothing('what stands around answers');
    assert.deepEqual(
      desk.filter((note) => /^(open|failed|hearth)/.test(note)),
      [],
    );
  });

  it('shows what hides, and where a link would lead', async () => {
    const { page } = await openTalk({
      prepare: (engine) => {
        engine.conversationNow = conversation([
          asked,
          answer('a1', 'q1', 'a\u202eb `c\u200bd` [docs](https://x.example/y)'),
        ]);
      },
    });
    assert.equal(await page.locator('.answer').innerText(), 'aU+202Eb cU+200Bd docs (https://x.example/y)');
  });

  it('stays quick with ten thousand turns: to open, to scroll, and to go on', async () => {
    const { page, behind, engine, settled } = await open({
      prepare: (each) => (each.conversationNow = longConversation(10_000)),
    });
    const startMs = performance.now();
    await behind.receive({ do: 'open', id: 'c1' });
    await page.getByText('Answer 9999').waitFor();
    const openMs = performance.now() - startMs;
    assert.ok((await page.locator('article').count()) <= 60);
    assert.equal(await page.locator('article').last().getAttribute('aria-setsize'), '10000');
    for (let looks = 0; looks < 20; looks++) {
      const first = await page.locator('article').first().getAttribute('aria-posinset');
      await page.evaluate("document.querySelector('.feed').scrollTop = 0");
      await until(async () => (await page.locator('article').first().getAttribute('aria-posinset')) !== first);
    }
    assert.ok((await page.locator('article').count()) <= 60);
    await page.getByRole('button', { name: 'To the Newest' }).click();
    await page.getByText('Answer 9999').waitFor();
    void behind.receive({ do: 'send', text: 'More?' });
    behind.began(began(engine.conversationNow, question('q', 't9999', 'More?'), 'a'));
    await settled();
    const frameMs = await page.evaluate(`(async () => {
      const frames = [];
      for (let at = 0, last = performance.now(); at < 60; at++) {
        postMessage({ kind: 'delta', turn: 'a', text: 'word '.repeat(20) + (at % 8 === 7 ? '\\n\\n' : '') }, '*');
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - last);
        last = now;
      }
      return frames.toSorted((a, b) => a - b)[30];
    })()`);
    assert.ok(openMs < 2000, `opened in ${openMs.toFixed(0)} ms`);
    assert.ok(Number(frameMs) < 50, `a frame takes ${Number(frameMs).toFixed(0)} ms`);
  });

  it('stays where one reads while an answer grows below', async () => {
    const { page, behind, engine, settled } = await open({
      prepare: (each) => (each.conversationNow = longConversation(60)),
    });
    await behind.receive({ do: 'open', id: 'c1' });
    void behind.receive({ do: 'send', text: 'More?' });
    behind.began(began(engine.conversationNow, question('q', 't59', 'More?'), 'a'));
    await settled();
    const top = () => page.evaluate("document.querySelector('.feed').scrollTop");
    const atEnd = Number(await top());
    behind.wrote(delta('a', 'word\n\n'.repeat(40)));
    await settled();
    assert.ok(Number(await top()) > atEnd, 'it follows what is written');
    await page.evaluate("document.querySelector('.feed').scrollTop -= 400");
    await settled();
    const reading = await top();
    behind.wrote(delta('a', 'word\n\n'.repeat(40)));
    await settled();
    assert.equal(await top(), reading);
  });

  it('fits 200 pixels', async () => {
    const { page } = await openTalk({ width: 200 });
    await page.locator('.turn').nth(1).waitFor();
    await page.locator('.meter').click();
    await page.locator('.inspection').waitFor();
    const wide = await page.evaluate(`[...document.querySelectorAll('#chat *')]
      .filter((each) => each.getBoundingClientRect().right > 200.5 && !each.closest('.visually-hidden, pre, table'))
      .map((each) => each.outerHTML.slice(0, 100))`);
    assert.deepEqual(wide, []);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 200);
  });

  it('has no fault that axe finds, in any kind of theme', async function () {
    // Colours are looked at pixel by pixel.
    this.timeout(120_000);
    const { page, setTheme, behind, engine } = await openTalk();
    await page.locator('.token.keyword').first().waitFor();
    await behind.give({ attachments: [{ kind: 'codebase' }] });
    await page.locator('.chip').waitFor();
    await page.locator('.meter').click();
    await page.locator('.inspection details').first().waitFor();
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    await page.getByRole('textbox', { name: 'Question' }).focus();
    await page.keyboard.type('@');
    await page.getByRole('option').first().waitFor();
    assert.deepEqual(await faults(page), []);
    for (const theme of ['light', 'highContrast', 'highContrastLight'] as const) {
      await setTheme(theme);
      assert.deepEqual(await faults(page, ['color-contrast']), [], theme);
    }
    engine.pageNow = { conversations: [summary(talk)] };
    await behind.receive({ do: 'history' });
    await page.locator('.conversation').waitFor();
    assert.deepEqual(await faults(page), []);
  });
});

/** Elements and attributes that no text may bring into the page. */
const strangeElements = `a, img, svg:not(.icon), math, style, body script:not([nonce]), iframe, object, embed, video, audio, form,
  input:not([type=search]), link:not([href$="/chat.css"]), meta[http-equiv=refresh], base, template, picture,
  [style]:not(.bar > span, html), [onerror], [onload], [onfocus], [onmouseover], [srcset], [href^="javascript"]`;
