// npm run test:unit, npm run test:engine, npm run test:s3: mocha on the TypeScript files as they are. Arguments after `--` go to mocha:
//   npm run test:unit -- --grep suffix
//   npm run test:unit -- test/unit/privacy/*.test.ts
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryCommand } from './command.mjs';
import { root } from './install.mjs';
import { setUpCompiler } from './llamaServer/compiler.mjs';
import { llamaServerPath, setUpLlamaServer } from './llamaServer/setup.mjs';
import { setUpS3Server } from './s3Server/setup.mjs';
import { endProcessesBelow, shortLinger } from './vscodeHost/leftovers.mjs';
import { nodePath, setUpHost } from './vscodeHost/setup.mjs';

/** What a kind of tests needs beside the packages; throws where that cannot be had. */
const setUp = { s3: setUpS3Server, engine: setUpEngine };
const mocha = join(root, 'node_modules/mocha/bin/mocha.js');

/** Runs `test/<kind>` and prints mocha's own report. Resolves to mocha's exit code. */
export async function runMocha(kind, args = []) {
  const files = args.some((each) => each.endsWith('.test.ts')) ? [] : [`test/${kind}/**/*.test.ts`];
  await setUp[kind]?.();
  // Everything a test makes lies below one folder, and whatever it leaves running can be told by it.
  const scratch = mkdtempSync(join(tmpdir(), 'hearth-'));
  const env = { ...shortLinger, HEARTH_HOME: join(scratch, 'home'), TMPDIR: scratch, TEMP: scratch, TMP: scratch };
  try {
    return await tryCommand(await nodeForTypeScript(), [mocha, ...args, ...files], { cwd: root, env });
  } finally {
    endProcessesBelow(scratch);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** The same with a short report. Resolves to `{ passed, failed, failures }`. */
export async function testNode(kind) {
  const output = join(root, 'out', `${kind}.json`);
  rmSync(output, { force: true });
  mkdirSync(join(root, 'out'), { recursive: true });
  const code = await runMocha(kind, ['--reporter', 'json', '--reporter-option', `output=${output}`]);
  const report = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
  if (!report) throw new Error(`mocha ended with exit code ${code} and without a report`);
  const failures = report.failures.map(({ fullTitle, err }) => ({ title: fullTitle, error: err.stack ?? err.message }));
  return { passed: report.stats.passes, failed: failures.length, failures };
}

/** A Node that runs TypeScript: this one from 22.18 on, else the one that comes with the VS Code for tests. */
async function nodeForTypeScript() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  await setUpHost();
  return nodePath;
}

async function setUpEngine() {
  if (!existsSync(llamaServerPath())) await setUpCompiler();
  await setUpLlamaServer();
}

if (process.argv[1] === import.meta.filename) {
  const [kind = 'unit', ...args] = process.argv.slice(2);
  process.exitCode = await runMocha(kind, args);
}
