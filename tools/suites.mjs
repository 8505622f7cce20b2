// The suites that run inside a real VS Code: which there are, how each is opened, and how they are bundled.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './install.mjs';

const source = join(root, 'test/vscode');
const bundled = join(root, 'out/suites');

/** One VS Code each. `trust` and `locale` are those of `startServer` and `startBrowser`. */
export const suites = [{ name: 'main' }, { name: 'restricted', trust: 'restricted' }, { name: 'korean', locale: 'ko' }];

/** Bundles all suites, because the extension host loads CommonJS. Resolves to the path of their runner. */
export async function bundleSuites() {
  rmSync(bundled, { recursive: true, force: true });
  const tests = suites.flatMap(({ name }) =>
    readdirSync(join(source, name))
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => ({ in: join(source, name, file), out: join(name, basename(file, '.ts')) })),
  );
  await build({
    entryPoints: [{ in: join(source, 'run.ts'), out: 'run' }, ...tests],
    outdir: bundled,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(bundled, 'run.cjs');
}

/** Variables that tell the runner which suites to run. */
export function suiteEnvironment(suite, grep) {
  return { HEARTH_TEST_SUITES: join(bundled, suite.name), HEARTH_TEST_GREP: grep ?? '' };
}

/** A copy of the suite's own workspace, or of the samples, that tests may write to. Delete it afterwards. */
export async function copyWorkspace(suite) {
  const own = join(source, suite.name, 'workspace');
  const copy = mkdtempSync(join(tmpdir(), 'hearth-workspace-'));
  await cp(existsSync(own) ? own : join(root, 'samples/workspace'), copy, { recursive: true });
  return copy;
}
