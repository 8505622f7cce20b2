// The suites that run inside a real VS Code: which there are, how each is opened, and how they are bundled.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './install.mjs';

const source = join(root, 'test/vscode');
const bundled = join(root, 'out/suites');

/** One VS Code each. `trust` and `locale` are those of `startServer` and `startBrowser`. */
export const suites = [{ name: 'main' }, { name: 'restricted', trust: 'restricted' }, { name: 'korean', locale: 'ko' }];

/** Bundles each suite into one CommonJS file, as the extension host loads it. Resolves to the path of their runner. */
export async function bundleSuites(wanted = suites) {
  rmSync(bundled, { recursive: true, force: true });
  const common = {
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  };
  const runner = join(bundled, 'run.cjs');
  await build({ ...common, entryPoints: [join(source, 'run.ts')], outfile: runner });
  for (const { name } of wanted) {
    // One file per suite: what its tests share (the numbers of the files they open) exists once.
    const tests = readdirSync(join(source, name)).filter((file) => file.endsWith('.test.ts'));
    const contents = tests.map((file) => `import './${file}';`).join('\n');
    await build({
      ...common,
      stdin: { contents, resolveDir: join(source, name), sourcefile: `${name}.ts` },
      outfile: suiteFile(name),
    });
  }
  return runner;
}

const suiteFile = (name) => join(bundled, `${name}.cjs`);

/** Variables that tell the runner which suite to run. */
export function suiteEnvironment(suite, grep) {
  return { HEARTH_TEST_SUITE: suiteFile(suite.name), HEARTH_TEST_GREP: grep ?? '' };
}

/** A copy of the suite's own workspace, or of the samples, that tests may write to. Delete it afterwards. */
export async function copyWorkspace(suite) {
  const own = join(source, suite.name, 'workspace');
  const copy = mkdtempSync(join(tmpdir(), 'hearth-workspace-'));
  await cp(existsSync(own) ? own : join(root, 'samples/workspace'), copy, { recursive: true });
  return copy;
}
