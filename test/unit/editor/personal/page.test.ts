import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, faults, startChromium, until } from '../page/webviewInBrowser.ts';
import { type OpenedPage, type OpenOptions, bundleScript, openPage } from './openedPage.ts';
import { examples, idle, overview, progress, training } from './recordedPersonal.ts';

const withinMs = 5_000;

describeInBrowser('the page in a browser', () => {
  let browser: Browser;
  let script: string;
  let opened: OpenedPage | undefined;

  before(async () => {
    [browser, script] = await Promise.all([startChromium(), bundleScript()]);
  });
  after(() => browser.close());
  afterEach(async () => {
    // Whatever a test did: no error, and nothing that the policy of the page forbids.
    assert.deepEqual(opened?.complaints, []);
    await opened?.close();
    opened = undefined;
  });
  const open = async (options: Partial<OpenOptions> = {}) => {
    opened = await openPage(browser, { script, ...options });
    return opened;
  };

  it('can be used by keyboard alone, from the top to a training that runs', async () => {
    const { page, engine } = await open();
    const walked: string[] = [];
    await press(page, 'Tab');
    for (let steps = 0; steps < 60 && !(await focused(page)).startsWith('Retrain'); steps++) {
      walked.push(await focused(page));
      await press(page, 'Tab');
    }
    assert.deepEqual(walked.slice(0, 6), [
      'Training',
      'Adapters',
      'Learned from',
      'Style profile',
      'Delete everything',
      'Learn my style',
    ]);
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'Start Training' }).waitFor();
    assert.match(await focused(page), /^Retrain/);
    await press(page, 'Tab');
    assert.equal(await focused(page), 'Start Training');
    await press(page, 'Enter');
    await until(() => engine.asked.length > 0, withinMs);
    assert.deepEqual(engine.asked, [['train', { place: { kind: 'personal' } }]]);
  });

  it('brings the keyboard to the section that a link names', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: 'Style profile' }).focus();
    await press(page, 'Enter');
    await press(page, 'Tab');
    assert.match(await focused(page), /^TypeScript and JavaScript/);
  });

  it('opens what is folded, and moves a slider, which says only where it rests', async () => {
    const { page, engine } = await open();
    await page.locator('.adapters summary').first().focus();
    await press(page, 'Enter');
    await page.getByText('Loss on your code').first().waitFor();
    const slider = page.getByRole('slider', { name: 'Strength of Personal, 11 November, everywhere' });
    await slider.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await press(page, key);
    assert.equal(await page.locator('output').first().textContent(), '1.00');
    await until(() => engine.asked.length > 0, withinMs);
    assert.deepEqual(engine.asked, [['use', { order: 'use', place: { kind: 'personal' }, id: 'newest', scale: 1 }]]);
    // What the engine says stands there again: it did not take it.
    await until(async () => (await slider.inputValue()) === '0.85', withinMs);
    assert.match(await focused(page), /^Strength of Personal/);
  });

  it('keeps focus, selection, scroll and what is open while a training reports', async () => {
    const { page, report } = await open();
    await page.locator('.examples summary').nth(2).click();
    const paths = page.getByRole('textbox', { name: 'Paths to leave out' });
    await paths.fill('dist/\nout/');
    await paths.evaluate('(area) => area.setSelectionRange(2, 4)');
    const before = await page.evaluate('[scrollY, document.activeElement.selectionStart]');
    for (let step = 0; step < 12; step++) report({ ...training, progress: { ...progress, step } });
    report({ ...idle, examples: { ...idle.examples, fresh: 62 } });
    await page.locator('#training').getByText('new examples: 62').waitFor();
    assert.deepEqual(await page.evaluate('[scrollY, document.activeElement.selectionStart]'), before);
    assert.equal(await paths.inputValue(), 'dist/\nout/');
    assert.equal(await page.locator('.examples details[open]').count(), 1);
  });

  it('goes on beside an example that was deleted', async () => {
    const { page, engine } = await open();
    await page.locator('.examples summary').nth(1).click();
    await page.locator('.examples details[open]').getByRole('button', { name: 'Delete' }).focus();
    await press(page, 'Enter');
    await page.locator('[data-key="example 499"]').waitFor({ state: 'detached' });
    assert.deepEqual(engine.asked, [['changeExamples', { order: 'delete', ids: [499] }]]);
    const key = await page.evaluate("document.activeElement.closest('li')?.dataset.key");
    assert.equal(key, 'example 498');
  });

  it('takes newer examples in without moving what is open or has the keyboard', async () => {
    const { page, engine, behind } = await open();
    const third = page.locator('[data-key="example 498"] summary');
    await third.click();
    engine.examplesNow = examples(7, 502);
    await behind.receive({ do: 'showNewest' });
    await page.locator('[data-key="example 502"]').waitFor();
    assert.equal(await page.locator('[data-key="example 498"] details[open]').count(), 1);
    assert.equal(await page.evaluate("document.activeElement.closest('li')?.dataset.key"), 'example 498');
    assert.equal(await page.locator('.examples details[open]').count(), 1);
  });

  it('brings back after a reload what was open and what was typed but not saved', async () => {
    const { page } = await open();
    await page.locator('[data-key="family /home/mina/atlas ecmascript"] > summary').click();
    await page.getByRole('textbox', { name: 'My own rules' }).fill('Names in full.');
    await until(async () => (await page.evaluate('kept.open.length')) === 1, withinMs);
    const kept = await page.evaluate('kept');
    await opened?.close();
    const again = await open({ kept });
    assert.equal(await again.page.getByRole('textbox', { name: 'My own rules' }).inputValue(), 'Names in full.');
    await again.page.getByText('Single quotes (97 %').waitFor();
    // Saved, it is a draft no more.
    const [folder] = overview.style.folders;
    assert.ok(folder);
    again.engine.overviewNow = { ...overview, style: { folders: [{ ...folder, lines: ['Names in full.'] }] } };
    await again.page.getByRole('button', { name: 'Save Rules' }).click();
    await until(async () => (await again.page.evaluate('Object.keys(kept.drafts).length')) === 0, withinMs);
    assert.deepEqual(again.engine.asked, [
      ['editStyle', { order: 'lines', folder: '/home/mina/atlas', lines: ['Names in full.'] }],
    ]);
  });

  it('tells a screen reader of a training, a few times and not at every step', async () => {
    const { page, report } = await open();
    report({ ...training, progress: { ...progress, step: 1 } });
    await page.locator('#said', { hasText: 'Learning your style, 0 %' }).waitFor({ state: 'attached' });
    await page.evaluate(`
      globalThis.heard = [];
      new MutationObserver(() => heard.push(said.textContent)).observe(said, { childList: true });`);
    for (let step = 2; step < 201; step++) report({ ...training, progress: { ...progress, step } });
    await page.locator('#said', { hasText: '90 %' }).waitFor({ state: 'attached' });
    assert.equal(await page.evaluate('heard.length'), 9);
  });

  it('fits a narrow column', async () => {
    const { page, report } = await open({ width: 300 });
    report(training);
    await openEverything(page);
    const wide = await page.evaluate(`[...document.querySelectorAll('main *, header, nav')]
      .filter((each) => each.getBoundingClientRect().right > 301 && !each.closest('.visually-hidden, thead'))
      .map((each) => each.outerHTML.slice(0, 80))`);
    assert.deepEqual(wide, []);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 300);
  });

  it('makes nothing of hostile texts but text', async () => {
    const evil = '"><x-evil onfocus=evil()></x-evil><img src=x onerror=evil()>\u202e';
    const { page } = await open({
      prepare: (engine) => {
        engine.overviewNow = {
          ...overview,
          adapters: overview.adapters.map((each) => ({ ...each, name: evil, baseName: evil })),
          style: { folders: [{ folder: evil, families: [], lines: [`</textarea>${evil}`], notes: [evil] }] },
          rules: { languages: [evil], paths: [evil] },
        };
        engine.examplesNow = examples(3).map((each) => ({
          ...each,
          text: evil,
          path: evil,
          before: evil,
          offered: evil,
        }));
      },
    });
    await openEverything(page);
    assert.equal(await page.locator('x-evil, main img, [onfocus], [onerror]').count(), 0);
    assert.match((await page.locator('.examples ins').first().textContent()) ?? '', /<x-evil onfocus=evil\(\)>/);
    assert.equal(await page.locator('.examples ins .hidden-character').first().textContent(), 'U+202E');
  });

  it('has no fault that axe finds, in any kind of theme', async function () {
    // Colours are looked at pixel by pixel.
    this.timeout(60_000);
    const { page, report, setTheme } = await open({ prepare: (engine) => (engine.examplesNow = examples(2)) });
    report(training);
    await page.locator('.plot').waitFor();
    await openEverything(page);
    assert.deepEqual(await faults(page), []);
    for (const theme of ['light', 'highContrast', 'highContrastLight'] as const) {
      await setTheme(theme);
      assert.deepEqual(await faults(page, ['color-contrast']), [], theme);
    }
  });
});

async function openEverything(page: Page): Promise<void> {
  await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
}

/** The name of what has the keyboard, as it is read. */
async function focused(page: Page): Promise<string> {
  return String(
    await page.evaluate(`(() => {
      const each = document.activeElement;
      const label = each.getAttribute('aria-label') ?? each.labels?.[0]?.querySelector('span')?.textContent ?? each.textContent;
      return label.trim().replace(/\\s+/g, ' ');
    })()`),
  );
}

async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
}
