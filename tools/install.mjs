// What a fresh clone lacks. Imports nothing but Node's own modules: it runs before anything is installed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';

export const root = join(import.meta.dirname, '..');

/** Installs the packages of package-lock.json unless these are installed. */
export async function installPackages() {
  if (lockedVersions('package-lock.json') === lockedVersions('node_modules/.package-lock.json')) return;
  console.log('Installing packages (npm ci) ...');
  // No package's install script is needed: every native part comes as a ready binary.
  await command('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
}

export async function build() {
  await command(process.execPath, ['esbuild.mjs'], { cwd: root });
}

/** The direct dependencies and their versions as one text; '' when there is no such file. */
function lockedVersions(file) {
  const path = join(root, file);
  if (!existsSync(path)) return '';
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(path, 'utf8'));
  const names = Object.keys({ ...wanted.dependencies, ...wanted.devDependencies });
  return names.map((name) => `${name}@${packages[`node_modules/${name}`]?.version}`).join('\n');
}
