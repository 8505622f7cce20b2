// Runs bundled mocha suites inside VS Code's real extension host and returns what they reported.
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
import { startBridge } from './bridge.mjs';
import { startCatcher } from './catcher.mjs';
import { installExtension, makeProfile, removeProfile, startServer } from './server.mjs';
import { openWorkbench, startBrowser } from './workbench.mjs';

/** VS Code runs tests only beside a development extension: this empty one, when Hearth itself is installed. */
const driver = join(import.meta.dirname, '../../test/vscode/driver');

const noise =
  /^(Resolv|Creating a socket|Updating additional|Ignoring fetching|\[(AgentHost|AccountPolicyGate|Service Worker|reconnection-grace-time))/;

/**
 * `extension`: a folder (loaded as a development extension) or a .vsix (installed). `runner`: a CommonJS file that
 * exports `run`. Screenshots and logs land in `out`. Resolves to `{ passed, failed, failures, notes }`.
 */
export async function runSuites({
  extension,
  runner,
  workspace,
  out,
  env = {},
  settings,
  trust,
  locale,
  timeoutMs = 1_200_000,
}) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const resultFile = join(out, 'result.json');
  const profile = makeProfile();
  const catcher = await startCatcher();
  const bridge = await startBridge(catcher.requests, out);
  let server;
  let browser;
  let end;
  try {
    const installed = extension.endsWith('.vsix');
    if (installed) installExtension(profile, extension);
    const testEnv = {
      ...env,
      ...catcher.env,
      HEARTH_TEST_RESULT: resultFile,
      HEARTH_TEST_BRIDGE: bridge.address,
      HEARTH_TEST_OUT: out,
    };
    server = await startServer(profile, { env: testEnv, settings, trust, logFolder: out });
    browser = await startBrowser(profile, server, { logFolder: out, locale });
    bridge.use(browser.page);
    const ended = hostEnded(browser.page, out, timeoutMs);
    await openWorkbench(browser.page, server, workspace, [
      ['extensionDevelopmentPath', server.uri(installed ? driver : extension)],
      ['extensionTestsPath', server.uri(runner)],
    ]);
    end = await ended;
    if (end !== 0) await browser.page.screenshot({ path: join(out, 'end.png') }).catch(() => {});
  } catch (error) {
    end = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    await browser?.close().catch(() => {});
    await server?.stop();
    bridge.close();
    catcher.close();
    removeProfile(profile);
  }
  // VS Code reports exit code 0 for a killed extension host: only the file that the runner wrote counts.
  if (existsSync(resultFile)) return JSON.parse(readFileSync(resultFile, 'utf8'));
  const failure = { title: 'the suites run to their end', error: `No result (${end}); see ${out}` };
  return { passed: 0, failed: 1, failures: [failure], notes: [] };
}

/** Resolves to the exit code of the extension host, or to a word for what happened instead. */
function hostEnded(page, out, timeoutMs) {
  const log = createWriteStream(join(out, 'extension-host.log'));
  return new Promise((resolve) => {
    const onExit = (code, logs) => {
      for (const { relativePath, contents } of logs ?? []) {
        const file = join(out, 'logs', relativePath);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, contents);
      }
      resolve(code);
    };
    void page.exposeFunction('codeAutomationLog', (type, values) => logLine(log, type, format(...[values].flat())));
    void page.exposeFunction('codeAutomationExit', onExit);
    page.on('crash', () => resolve('the page crashed'));
    setTimeout(resolve, timeoutMs, `no end within ${timeoutMs / 1000} s`).unref();
  });
}

function logLine(log, type, line) {
  log.write(`${type}: ${line}\n`);
  if (process.env.HEARTH_TEST_VERBOSE && !noise.test(line)) console.log(line);
}
