// npm run test:vscode [-- --vsix] [--suite main] [--grep TITLE]: the suites of test/vscode inside a real VS Code, on the
// sources or on the packaged and installed extension. HEARTH_TEST_VERBOSE=1 shows the extension host's output.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from './install.mjs';
import { packageExtension } from './package.mjs';
import { bundleSuites, copyWorkspace, suiteEnvironment, suites } from './suites.mjs';
import { runSuites } from './vscodeHost/runSuites.mjs';
import { setUpHost } from './vscodeHost/setup.mjs';

/**
 * @param {{ vsix?: boolean, suite?: string, grep?: string }} options
 * @returns {Promise<{ passed: number, failed: number, failures: { title: string, error: string }[] }>} over all suites
 */
export async function testVscode({ vsix, suite: only, grep } = {}) {
  const extension = vsix ? await packageExtension() : root;
  const runner = await bundleSuites();
  /** @type {Awaited<ReturnType<typeof testVscode>>} */
  const total = { passed: 0, failed: 0, failures: [] };
  for (const suite of suites) {
    if (only !== undefined && suite.name !== only) continue;
    const started = Date.now();
    const workspace = await copyWorkspace(suite);
    const out = join(root, 'out', vsix ? 'vsix' : 'sources', suite.name);
    const env = suiteEnvironment(suite, grep);
    const result = await runSuites({ extension, runner, workspace, out, env, ...suite });
    rmSync(workspace, { recursive: true, force: true });
    total.passed += result.passed;
    total.failed += result.failed;
    total.failures.push(...result.failures.map((each) => ({ ...each, title: `${suite.name}: ${each.title}` })));
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    console.log(`  ${suite.name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
    const notes = join(out, 'notes.txt');
    if (existsSync(notes)) console.log(readFileSync(notes, 'utf8').replace(/^(?=.)/gm, '    '));
  }
  return total;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { vsix: { type: 'boolean' }, suite: { type: 'string' }, grep: { type: 'string', short: 'g' } },
  });
  await setUpHost();
  await build();
  const { passed, failed, failures } = await testVscode(values);
  for (const { title, error } of failures) console.log(`\n${title}\n${error}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
