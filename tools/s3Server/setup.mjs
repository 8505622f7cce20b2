// Gets a real S3-compatible server for tests: Ceph's object gateway, out of Debian's own packages. They are downloaded
// (56 MB) and unpacked into the git-ignored node_modules beside this file, not installed: no service starts and nothing
// of the system changes. Idempotent. Imports nothing but Node's own modules.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { command, tryCommand } from '../command.mjs';

const here = import.meta.dirname;
const unpacked = join(here, 'node_modules/ceph');
const debs = join(here, 'node_modules/debs');
const packages = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common'];
/** Of all that these packages depend on, what the programs load; the rest manages disks and speaks Python. */
const loaded = /^(ceph-(mon|osd|base|common)|radosgw|lib.+)_/;
const programs = ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph-authtool', 'monmaptool'];
const triples = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/**
 * Sets up what is missing and throws with a sentence that says what to do where it cannot.
 *
 * @returns {Promise<string>} the folder to take for `/`: that of the system when it has all the programs
 */
export async function setUpS3Server() {
  if (programs.every(isInstalled)) return '/';
  if (process.platform !== 'linux' || triples[process.arch] === undefined || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `The S3 server for tests is set up on Debian only (this is ${process.platform} ${process.arch}). ` +
        `Elsewhere install Ceph's ${programs.join(', ')}, version 16 or later.`,
    );
  }
  const recipe = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .digest('hex');
  const stamp = join(unpacked, `.ready-${recipe.slice(0, 16)}`);
  if (existsSync(stamp)) return unpacked;
  console.log('Downloading an S3 server for tests (Ceph from Debian, 56 MB, once) ...');
  try {
    await download();
  } catch (cause) {
    throw new Error(
      `${packages.join(', ')} could not be downloaded (apt-get). As root this refreshes the lists of packages first; ` +
        'else run `sudo apt-get update`, or install them.',
      { cause },
    );
  }
  await unpack();
  writeFileSync(stamp, '');
  return unpacked;
}

/** For the environment of these programs when they lie below `root`. */
export function environmentBelow(root) {
  if (root === '/') return {};
  const libraries = [
    `usr/lib/${triples[process.arch]}`,
    `usr/lib/${triples[process.arch]}/ceph`,
    `lib/${triples[process.arch]}`,
  ];
  return {
    LD_LIBRARY_PATH: libraries.map((folder) => join(root, folder)).join(delimiter),
    PATH: [join(root, 'usr/bin'), process.env.PATH].join(delimiter),
  };
}

/** Where the programs' plug-ins lie. */
export function libraryFolder(root) {
  return join(root, 'usr/lib', triples[process.arch]);
}

function isInstalled(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

async function download() {
  rmSync(debs, { recursive: true, force: true });
  mkdirSync(debs, { recursive: true });
  // As root apt would fetch as a user of its own, which may not write here.
  const fetch = async () =>
    tryCommand('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', ...wanted()], {
      cwd: debs,
      stdout: 'quiet',
    });
  if ((await fetch().catch(() => 1)) === 0) return;
  // No lists of packages yet, or outdated ones.
  if (process.getuid?.() === 0) await command('apt-get', ['update', '-qq'], { stdout: 'quiet' });
  if ((await fetch()) !== 0) throw new Error('apt-get download failed, see above');
}

/** `name=version` of each package that this system lacks. */
function wanted() {
  const args = ['install', '--print-uris', '-qq', '-y', '--no-install-recommends', ...packages];
  const output = execFileSync('apt-get', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  // 'http://…/ceph-osd_16.2.15+ds-0_amd64.deb' ceph-osd_16.2.15+ds-0_amd64.deb 16750888 SHA256:…
  const files = output.split('\n').flatMap((line) => /^'[^']+' (\S+\.deb) \d+/.exec(line)?.[1] ?? []);
  return files
    .filter((file) => loaded.test(file))
    .map((file) => decodeURIComponent(file.split('_').slice(0, 2).join('=')));
}

async function unpack() {
  const fresh = `${unpacked}.new`;
  for (const folder of [fresh, unpacked]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const file of readdirSync(debs)) await command('dpkg-deb', ['-x', join(debs, file), fresh]);
  rmSync(debs, { recursive: true });
  dropUnused(join(fresh, 'usr/bin'));
  for (const program of programs) {
    const env = environmentBelow(fresh);
    if (program !== 'monmaptool' && program !== 'ceph-authtool')
      await command(program, ['--version'], { env, stdout: 'quiet' });
  }
  renameSync(fresh, unpacked);
}

/** Most of the disk space. */
function dropUnused(folder) {
  for (const name of readdirSync(folder)) if (!programs.includes(name)) rmSync(join(folder, name), { recursive: true });
}

if (process.argv[1] === import.meta.filename) console.log(await setUpS3Server());
