// npm test: everything, from a fresh clone. The last line is `N passed, N failed`.
// Imports only what needs no `npm ci`.
import { tryCommand } from './command.mjs';
import { build, installPackages, root } from './install.mjs';
import { setUpHost } from './vscodeHost/setup.mjs';

/** Each resolves to `{ passed, failed, failures }`; one that throws counts as one failure. */
const stages = [
  ['check', async () => ofCommand('npm run check', await tryCommand('npm', ['run', '-s', 'check'], { cwd: root }))],
  ['build', async () => build().then(() => ofCommand('build', 0))],
  ['unit tests', async () => (await import('./testNode.mjs')).testNode('unit')],
  ['engine tests', async () => (await import('./testNode.mjs')).testNode('engine')],
  ['S3 tests', async () => (await import('./testNode.mjs')).testNode('s3')],
  // Not on the sources as well: these are the same bundles, and what is missing from the package is missed here.
  ['in VS Code, installed .vsix', async () => (await import('./testVscode.mjs')).testVscode({ vsix: true })],
];

let passed = 0;
let failed = 0;
if (await runStage('set up', setUp)) for (const [name, run] of stages) await runStage(name, run);
console.log(`${passed} passed, ${failed} failed`);
// Not exit code alone: a stray handle of a failed stage must not keep the process.
process.exit(failed > 0 ? 1 : 0);

/** Prints a stage's result and adds it up. Resolves to whether all of it passed. */
async function runStage(name, run) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const result = await run().catch((error) => ({
    passed: 0,
    failed: 1,
    failures: [{ title: `${name} did not run`, error: error instanceof Error ? error.stack : String(error) }],
  }));
  if (result.passed + result.failed === 0 && name !== 'set up') {
    result.failed = 1;
    result.failures = [{ title: name, error: 'It ran no test at all.' }];
  }
  for (const { title, error } of result.failures) console.log(`\nFAILED ${title}\n${error}\n`);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
  passed += result.passed;
  failed += result.failed;
  return result.failed === 0;
}

async function setUp() {
  await installPackages();
  await setUpHost();
  return { passed: 0, failed: 0, failures: [] };
}

function ofCommand(title, code) {
  return code === 0
    ? { passed: 1, failed: 0, failures: [] }
    : { passed: 0, failed: 1, failures: [{ title, error: `exit code ${code}, see above` }] };
}
