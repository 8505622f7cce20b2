// npm run package [-- --target linux-x64]: makes hearth-<target>-<version>.vsix from a staged folder that holds
// production files only, and refuses to when a file is missing, unexpected, or the whole is too large.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { command } from './command.mjs';
import { build, root } from './install.mjs';
import { lanceNotices, thirdPartyNotices } from './notices.mjs';
import { contentProblems } from './packageContents.mjs';
import { runtimeTree } from './runtimeTree.mjs';
import { hostTarget, targets } from './targets.mjs';

const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
const shipped = [
  'media',
  'l10n',
  'models/starter.gguf',
  'models/starter-embedder.safetensors',
  'models/general-code.jsonl',
  'models/general-code.md',
  'models/starter.md',
  'models/starter-sources.md',
  'package.nls.json',
  'package.nls.ko.json',
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
];

/** Resolves to the path of the .vsix. Builds first. */
export async function packageExtension(target = hostTarget) {
  const row = targets[target];
  if (!row) throw new Error(`No such target: ${target}. There are ${Object.keys(targets).join(', ')}.`);
  await build();
  const stage = join(root, 'out/stage', target);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const version = writeManifest(stage);
  const copy = (from, to) => cpSync(join(root, from), join(stage, to), { recursive: true });
  for (const name of shipped) if (existsSync(join(root, name))) copy(name, name);
  cpSync(join(root, 'dist'), join(stage, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.map') });
  writeFileSync(join(stage, 'ThirdPartyNotices.txt'), thirdPartyNotices(root));
  copy('node_modules/@lancedb/lancedb/RUST_THIRD_PARTY_LICENSES.html', lanceNotices);
  // Below dist, where Node finds it just as well: vsce leaves out a node_modules folder at the top.
  for (const file of await runtimeTree(root)) copy(file, `dist/${file}`);
  for (const name of row.binaries) await stageBinaries(name, join(stage, 'dist/node_modules', name));

  const problems = contentProblems(filesBelow(stage), row);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const vsix = join(root, `hearth-${target}-${version}.vsix`);
  // There is no public repository yet that relative links could point to.
  const links = ['--no-rewrite-relative-links', '--allow-missing-repository'];
  const args = [vsce, 'package', '--no-dependencies', ...links, '--target', target, '--out', vsix];
  await command(process.execPath, args, { cwd: stage, stdout: 'quiet' });
  const megabytes = statSync(vsix).size / 1e6;
  console.log(`${relative(root, vsix)}: ${megabytes.toFixed(1)} MB`);
  if (megabytes > row.maxMegabytes) throw new Error(`${vsix} is larger than ${row.maxMegabytes} MB`);
  return vsix;
}

/** The manifest without what only the repository needs: everything is bundled or staged, nothing is to be installed. */
function writeManifest(stage) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const key of ['scripts', 'dependencies', 'devDependencies', 'private']) delete manifest[key];
  writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  return manifest.version;
}

/** Copies one package of binaries; fetches it when it is another platform's and so not installed. */
async function stageBinaries(name, to) {
  const installed = join(root, 'node_modules', name);
  const from = existsSync(installed) ? installed : await fetchPackage(name);
  cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith('.md') });
}

async function fetchPackage(name) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages[`node_modules/${name}`];
  const folder = join(root, 'out/binaries', `${name.replace('/', '-')}-${version}`);
  if (existsSync(join(folder, 'package'))) return join(folder, 'package');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await command('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder], { stdout: 'quiet' });
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  // The lock file knows no hashes for what the registry did not have when it was made; npm has checked its own then.
  const [algorithm = '', digest] = integrity?.split(/-(.*)/s) ?? [];
  if (
    digest &&
    createHash(algorithm)
      .update(readFileSync(join(folder, archive)))
      .digest('base64') !== digest
  )
    throw new Error(`${name} is not the package that package-lock.json names`);
  await command('tar', ['-xzf', archive], { cwd: folder });
  return join(folder, 'package');
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { target: { type: 'string' } } });
  await packageExtension(values.target).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
