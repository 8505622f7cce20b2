// npm run test:desktop: the suites of test/vscode in the desktop VS Code, which it downloads.
// Not run on the project's own machine, where VS Code cannot be downloaded; .github/workflows/test.yml runs it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { build, root } from './install.mjs';
import { bundleSuites, copyWorkspace, suiteEnvironment, suites } from './suites.mjs';
import { startBridge } from './vscodeHost/bridge.mjs';
import { startCatcher } from './vscodeHost/catcher.mjs';
import { attachToDesktop } from './vscodeHost/desktop.mjs';
import { shortLinger } from './vscodeHost/leftovers.mjs';
import { freePort, makeProfile, removeProfile, writeUserSettings } from './vscodeHost/server.mjs';

await build();
const runner = await bundleSuites();
const executable = await downloadAndUnzipVSCode();
let passed = 0;
let failed = 0;
for (const suite of suites) {
  const result = await runSuite(suite);
  for (const { title, error } of result.failures) console.log(`\nFAILED ${suite.name}: ${title}\n${error}`);
  passed += result.passed;
  failed += result.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function runSuite(suite) {
  const out = join(root, 'out/desktop', suite.name);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const resultFile = join(out, 'result.json');
  const profile = makeProfile();
  const workspace = await copyWorkspace(suite);
  const catcher = await startCatcher();
  const bridge = await startBridge(catcher.requests, out);
  const port = await freePort();
  writeUserSettings(profile, { trust: suite.trust });
  if (suite.locale === 'ko') installKorean(profile);
  const attached = attachToDesktop(port, bridge);
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: runner,
      launchArgs: [
        workspace,
        ...folders(profile),
        `--remote-debugging-port=${port}`,
        ...(suite.trust === 'restricted' ? [] : ['--disable-workspace-trust']),
        ...(suite.locale ? ['--locale', suite.locale] : []),
      ],
      extensionTestsEnv: {
        ...suiteEnvironment(suite),
        ...catcher.env,
        ...shortLinger,
        HEARTH_HOME: profile.hearthHome,
        HEARTH_TEST_RESULT: resultFile,
        HEARTH_TEST_BRIDGE: bridge.address,
        HEARTH_TEST_OUT: out,
      },
    });
  } catch (error) {
    console.error(error.message);
  } finally {
    await attached.stop();
    bridge.close();
    catcher.close();
    removeProfile(profile);
    rmSync(workspace, { recursive: true, force: true });
  }
  if (existsSync(resultFile)) return JSON.parse(readFileSync(resultFile, 'utf8'));
  return { passed: 0, failed: 1, failures: [{ title: 'the suites run to their end', error: `No result; see ${out}` }] };
}

function installKorean(profile) {
  const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const install = ['--install-extension', 'MS-CEINTL.vscode-language-pack-ko', ...folders(profile)];
  spawnSync(cli, [...args, ...install], { stdio: 'inherit', shell: process.platform === 'win32' });
}

function folders({ userData, extensions }) {
  return ['--user-data-dir', userData, '--extensions-dir', extensions];
}
