// A person's first minute with Hearth, without the person: opens a sample, types, waits for ghost text, accepts and
// saves it, and prints what happened.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './install.mjs';
import { copyWorkspace } from './suites.mjs';
import { makeProfile, removeProfile, startServer } from './vscodeHost/server.mjs';
import { openWorkbench, startBrowser } from './vscodeHost/workbench.mjs';

const file = 'scripts/report.py';
/** Tried one after the other at the end of the file: the starter model is tiny and has no idea for every line. */
const openings = ['if __name__ == ', 'for i in ra', 'import '];
const readyTimeoutMs = 60_000;
const ghostTimeoutMs = 5_000;
const savedTimeoutMs = 5_000;
const out = join(root, 'out/demo');

/** Resolves to the exit code. */
export async function demo() {
  mkdirSync(out, { recursive: true });
  const workspace = await copyWorkspace({ name: 'demo' });
  const profile = makeProfile();
  let server;
  let browser;
  try {
    server = await startServer(profile, { logFolder: out });
    browser = await startBrowser(profile, server, { logFolder: out });
    await openWorkbench(browser.page, server, workspace, [['extensionDevelopmentPath', server.uri(root)]]);
    await play(browser.page, join(workspace, file));
    return 0;
  } catch (error) {
    console.error(`The demo failed: ${error.message}`);
    await browser?.page.screenshot({ path: join(out, 'failed.png') }).then(() => tellPicture('failed.png'));
    return 1;
  } finally {
    await browser?.close().catch(() => {});
    await server?.stop();
    removeProfile(profile);
    rmSync(workspace, { recursive: true, force: true });
  }
}

async function play(page, path) {
  await page.locator('.statusbar-item[id*="hearth"][aria-label*="ready"]').waitFor({ timeout: readyTimeoutMs });
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().fill(file);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'report.py' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  await page.keyboard.press('Control+End');
  await page.evaluate(watchGhostText);

  const before = readFileSync(path, 'utf8');
  const typed = await typeUntilGhostText(page);
  const latencyMs = await page.evaluate(() => globalThis.hearthDemo.ghostAt - globalThis.hearthDemo.keyAt);
  await page.screenshot({ path: join(out, 'ghost-text.png') });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+S');
  const inserted = await savedText(path, before + typed);
  console.log(`Typed:         ${JSON.stringify(typed)} at the end of ${file}`);
  console.log(`Inserted text: ${JSON.stringify(inserted)}`);
  console.log(`Ghost text:    ${latencyMs.toFixed(0)} ms after the last keystroke`);
  tellPicture('ghost-text.png');
}

async function typeUntilGhostText(page) {
  for (const opening of openings) {
    await page.keyboard.type(opening, { delay: 60 });
    const shown = await page.locator('.editor-instance [class*="ghost-text"]').first();
    try {
      await shown.waitFor({ timeout: ghostTimeoutMs });
      return opening;
    } catch {
      for (const key of ['Escape', 'Shift+Home', 'Delete']) await page.keyboard.press(key);
    }
  }
  throw new Error(`no ghost text after any of ${openings.map((each) => JSON.stringify(each)).join(', ')}`);
}

/** Runs in the page: notes when a key was pressed last and when ghost text appeared after it. */
function watchGhostText() {
  const times = { keyAt: 0, ghostAt: 0 };
  globalThis.hearthDemo = times;
  const onKey = () => {
    if (times.ghostAt === 0) times.keyAt = performance.now();
  };
  document.addEventListener('keydown', onKey, true);
  const onChange = () => {
    if (document.querySelector('.editor-instance [class*="ghost-text"]')) times.ghostAt ||= performance.now();
    else times.ghostAt = 0;
  };
  new MutationObserver(onChange).observe(document.body, { subtree: true, childList: true });
}

/** What was added to `known`, once the file on disk holds more than it. */
async function savedText(path, known) {
  const deadline = Date.now() + savedTimeoutMs;
  for (;;) {
    const text = readFileSync(path, 'utf8');
    if (text.length > known.length && text.startsWith(known)) return text.slice(known.length);
    if (Date.now() > deadline) throw new Error(`${file} was not saved with the completion: ${text.slice(-200)}`);
    await delay(50);
  }
}

function tellPicture(name) {
  console.log(`Screenshot:    ${relative(process.cwd(), join(out, name))}`);
}
