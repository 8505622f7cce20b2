import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { until } from '../page/webviewInBrowser.ts';
import { describeChat } from './chatInPages.ts';
import { answer, asked, code, conversation, folder, written } from './recordedChat.ts';
import { began, delta } from './recordedChatEngine.ts';

describeChat('the chat view in a browser', ({ open, openTalk }) => {
  it('shows an answer while it is written, and leaves alone what is written already', async () => {
    const { page, engine, behind, settled } = await open();
    await page.getByRole('textbox', { name: 'Question' }).fill('Why?');
    await page.keyboard.press('Enter');
    await until(() => engine.asked.length > 0);
    behind.began(began(conversation([]), asked, 'a1'));
    behind.wrote(delta('a1', 'First **paragraph**.\n\nSecond one.\n\n```ts\nconst a'));
    await settled();
    await page.evaluate("globalThis.first = document.querySelector('.answer .block')");
    behind.wrote(delta('a1', ' = 1;\nconst b = 2;\n'));
    behind.wrote(delta('a1', '```\n\nThe end.'));
    await until(async () => (await page.locator('.answer').innerText()).endsWith('The end.'));
    assert.ok(await page.evaluate('first.isConnected'), 'the first paragraph is the one it was');
    assert.equal(await page.locator('.answer strong').innerText(), 'paragraph');
    assert.equal(await page.locator('.answer pre').innerText(), 'const a = 1;\nconst b = 2;');
    await page.locator('.answer .token.keyword').first().waitFor();
    engine.answer(answer('a1', 'q1', 'First **paragraph**.'));
    await page.locator('.turn.writing').waitFor({ state: 'detached' });
    assert.equal(await page.locator('.answer').innerText(), 'First paragraph.');
  });

  it('reads the same in pieces as in one, code and its colours included', async () => {
    const { page, engine, behind, settled } = await open();
    await page.getByRole('textbox', { name: 'Question' }).fill('Why?');
    await page.keyboard.press('Enter');
    await until(() => engine.asked.length > 0);
    behind.began(began(conversation([]), asked, 'a1'));
    const text = `${written}\n\`\`\`py\ndef f():\n    """a\n    b"""\n    return 1\n\`\`\`\nEnd`;
    behind.wrote(delta('a1', code));
    await page.locator('.token.keyword').first().waitFor();
    for (let from = 0; from < text.length; from += 7) {
      behind.wrote(delta('a1', text.slice(from, from + 7)));
      if (from % 70 === 0) await settled();
    }
    await settled();
    await until(async () => (await page.locator('.code').nth(2).locator('.token').count()) > 3);
    await until(async () => (await page.locator('.answer').innerText()).endsWith('End'));
    const inPieces = await page.locator('.answer').innerHTML();
    await behind.receive({ do: 'ready', text: '' });
    await page.reload();
    await until(async () => (await page.locator('.code').nth(2).locator('.token').count()) > 3);
    assert.equal(await page.locator('.answer').innerHTML(), inPieces);
  });

  it('opens a citation, and copies, inserts and applies code, which runs nowhere', async () => {
    const { page, desk } = await openTalk();
    await page.getByRole('button', { name: 'src/cart.ts:3' }).click();
    await until(() => desk.includes(`open ${folder}/src/cart.ts 3-3`));
    const tools = page.locator('.code').first();
    for (const name of ['Copy Code', 'Insert at Cursor', 'Apply to File'])
      await tools.getByRole('button', { name }).click();
    const text = 'export const total = (items: Item[]) => items.length; // all';
    const applied = {
      kind: 'code',
      text,
      info: 'ts src/cart.ts',
      folder,
      files: ['src/cart.ts'],
      model: 'llama-server',
    };
    await until(() => desk.includes(`apply ${JSON.stringify(applied)}`));
    assert.ok(desk.includes(`copy ${text}`) && desk.includes(`insert ${text}`));
  });

  it('sends with Enter, begins a line with Shift+Enter, and leaves a syllable in the making alone', async () => {
    const { page, engine } = await open();
    const field = page.getByRole('textbox', { name: 'Question' });
    await field.focus();
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    assert.equal(await field.inputValue(), 'one\ntwo');
    // As an input method does: the Enter that ends the syllable is part of the composition.
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: '하', selectionStart: 1, selectionEnd: 1 });
    await page.evaluate(`document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))`);
    await session.send('Input.insertText', { text: '하' });
    assert.equal(await field.inputValue(), 'one\ntwo하');
    assert.deepEqual(engine.asked, []);
    await page.keyboard.press('Enter');
    await until(() => engine.asked.length === 1);
    assert.partialDeepStrictEqual(engine.asked[0]?.[1], { ask: { text: 'one\ntwo하' } });
    await until(async () => (await field.inputValue()) === '');
  });

  it('completes commands and context by keyboard, and says so', async () => {
    const { page } = await open();
    const field = page.getByRole('textbox', { name: 'Question' });
    await field.focus();
    await page.keyboard.type('/ex');
    await page.getByRole('option', { name: '/explain' }).waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), '/explain ');
    await page.keyboard.type('@');
    await page.getByRole('option', { name: '@codebase' }).waitFor();
    await page.keyboard.type('cart');
    await page.getByRole('option', { name: 'cart.ts' }).waitFor();
    const active = await field.getAttribute('aria-activedescendant');
    assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Tab');
    assert.equal(await field.inputValue(), '/explain @file:src/cart.ts ');
    // What is complete is no question: Enter sends.
    await page.keyboard.type('@codebase');
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    await page.keyboard.type(' @');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
  });

  it('can be used by keyboard alone: ask, stop, ask again, edit, go between branches', async () => {
    const { page, engine } = await openTalk();
    await page.locator('.turn').nth(1).waitFor();
    await page.getByRole('textbox', { name: 'Question' }).focus();
    const walked: string[] = [];
    for (let steps = 0; steps < 30; steps++) {
      await page.keyboard.press('Shift+Tab');
      walked.push(await focused(page));
    }
    for (const name of [
      'Answer Again',
      'Copy Answer',
      'Apply to File',
      'Previous Alternative',
      'Edit and Ask Again',
      'src/cart.ts:3',
    ])
      assert.ok(walked.includes(name), `${name} is not among ${walked.join(', ')}`);
    await page.getByRole('button', { name: 'Previous Alternative' }).focus();
    await page.keyboard.press('Enter');
    await until(() => engine.asked.at(-1)?.[0] === 'choose');
    await page.getByRole('button', { name: 'Edit and Ask Again' }).focus();
    await page.keyboard.press('Space');
    await until(async () => (await focused(page)) === 'Question');
    assert.equal(await page.getByRole('textbox', { name: 'Question' }).inputValue(), 'Why does the loop never end?');
    await page.keyboard.press('Enter');
    await until(() => engine.asked.at(-1)?.[0] === 'send');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.keyboard.press('Escape');
    await until(() => engine.asked.at(-1)?.[0] === 'stop');
  });

  it('keeps what was typed over a reload, and the keyboard in the field', async () => {
    const { page, close } = await open();
    await page.getByRole('textbox', { name: 'Question' }).fill('Half a thou');
    assert.deepEqual(await page.evaluate('kept'), { text: 'Half a thou' });
    const kept = await page.evaluate('kept');
    await close();
    const again = await open({ kept });
    assert.equal(await again.page.getByRole('textbox', { name: 'Question' }).inputValue(), 'Half a thou');
  });

  it('tells a screen reader sentences, not tokens', async () => {
    const { page, engine, behind } = await open();
    await page.getByRole('textbox', { name: 'Question' }).fill('Why?');
    await page.keyboard.press('Enter');
    await until(() => engine.asked.length > 0);
    await page.evaluate(`
      globalThis.heard = [];
      new MutationObserver(() => heard.push(said.textContent)).observe(said, { childList: true });`);
    behind.began(began(conversation([]), asked, 'a1'));
    const text = 'It never ends. That is because i stays 0. Add one to it.';
    for (const word of text.split(/(?<= )/)) {
      behind.wrote(delta('a1', word));
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    engine.answer(answer('a1', 'q1', text));
    await until(async () => String(await page.evaluate('heard.at(-1)')).includes('End of the answer.'));
    const heard: unknown = await page.evaluate('heard');
    assert.ok(Array.isArray(heard) && heard.length <= 4, JSON.stringify(heard));
    assert.equal(heard.join(' ').replace(/\s+/g, ' '), `Hearth is answering. ${text} End of the answer.`);
  });

  it('says that a search is no answer, and leads to a model with one press', async () => {
    const { page, desk } = await openTalk({
      prepare: (engine) => {
        const found = answer('a1', 'q1', 'src/cart.ts:3', { answeredBy: { kind: 'search', name: 'index' } });
        engine.conversationNow = conversation([asked, found]);
        engine.promptNow = { ...engine.promptNow, answeredBy: { kind: 'search', name: 'index' }, budgetTokens: 0 };
      },
    });
    await page.getByText('Search result, not generated.').waitFor();
    await page.getByRole('button', { name: 'Use the Recommended Model' }).click();
    await until(() => desk.includes('hearth.useRecommendedChatModel'));
  });

  it('takes in what is dropped', async () => {
    const { page } = await open();
    await page.evaluate(`{
      const dropped = new DataTransfer();
      dropped.setData('application/vnd.code.uri-list', 'file:///home/mina/atlas/src/cart.ts\\r\\nfile:///home/mina/atlas/src');
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
    }`);
    await until(async () => (await page.locator('.chip').count()) === 2);
    await page.getByRole('button', { name: /^Remove .*cart\.ts/ }).click();
    await until(async () => (await page.locator('.chip').count()) === 1);
  });
});

/** The name of what has the keyboard, as it is read. */
async function focused(page: Page): Promise<string> {
  return String(
    await page.evaluate(`(() => {
      const each = document.activeElement;
      return (each.getAttribute('aria-label') ?? each.textContent).trim().replace(/\\s+/g, ' ');
    })()`),
  );
}
