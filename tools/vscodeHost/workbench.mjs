// Shows VS Code's workbench in a headless Chromium, with real keys and real pixels.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { workbenchAddress } from './server.mjs';
import { findChromium } from './setup.mjs';

const openTimeoutMs = 90_000;

/** Resolves to `{ page, close() }`, before anything is loaded. */
export async function startBrowser(profile, server, { logFolder, locale = 'en' }) {
  const context = await chromium.launchPersistentContext(join(profile.folder, 'chromium'), {
    executablePath: findChromium(),
    headless: true,
    // Stopping is for whoever started us: Playwright would swallow the signals.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    viewport: { width: 1280, height: 800 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  if (locale !== 'en') await context.addInitScript(pretendLanguagePack, locale);
  const page = context.pages()[0] ?? (await context.newPage());
  const log = createWriteStream(join(logFolder, 'browser.log'));
  page.on('console', (message) => log.write(`${message.type()}: ${message.text()}\n`));
  page.on('pageerror', (error) => log.write(`pageerror: ${error.stack}\n`));
  page.on('requestfailed', (request) => log.write(`failed: ${request.url()} ${request.failure()?.errorText}\n`));
  return { page, close: () => context.close() };
}

export async function openWorkbench(page, server, folder, payload) {
  const response = await page.goto(workbenchAddress(server, folder, payload));
  if (!response?.ok()) throw new Error(`The workbench page answered ${response?.status()}`);
  await page.locator('.monaco-workbench').waitFor({ timeout: openTimeoutMs });
}

/**
 * Runs in the page. The language packs of VS Code cannot be had from npm; telling the workbench that it speaks `locale`
 * leaves its own texts in English and makes it load an extension's translations, which is all that we test.
 */
function pretendLanguagePack(locale) {
  Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => locale, set() {} });
}
