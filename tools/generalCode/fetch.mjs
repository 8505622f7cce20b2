// Brings a pinned package through its ecosystem's own client, which checks what it downloads.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One row per ecosystem: brings the archive of one package into `folder` and returns its path. */
const clients = {
  npm(name, version, folder) {
    const options = ['--pack-destination', folder, '--ignore-scripts', '--silent'];
    run('npm', ['pack', `${name}@${version}`, ...options], folder);
    return only(folder, /\.tgz$/);
  },
  pypi(name, version, folder) {
    const options = ['--quiet', '--no-deps', '--only-binary', ':all:', '--dest', folder];
    run('python3', ['-m', 'pip', 'download', ...options, `${name}==${version}`], folder);
    return only(folder, /\.whl$/);
  },
  crates(name, version, folder) {
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(join(folder, 'src', 'lib.rs'), '');
    const dependency = `"${name}" = { version = "=${version}", default-features = false }`;
    writeFileSync(
      join(folder, 'Cargo.toml'),
      `[package]\nname = "general"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n${dependency}\n`,
    );
    const home = join(folder, 'home');
    run('cargo', ['fetch', '--quiet'], folder, { CARGO_HOME: home });
    const cache = join(home, 'registry', 'cache');
    return join(cache, readdirSync(cache)[0], `${name}-${version}.crate`);
  },
  go(name, version, folder) {
    const env = { GOMODCACHE: join(folder, 'cache'), GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' };
    return JSON.parse(run('go', ['mod', 'download', '-json', `${name}@${version}`], folder, env)).Zip;
  },
  maven(name, version, folder) {
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
    const options = [`-Dartifact=${name}:${version}:jar:sources`, `-DoutputDirectory=${folder}`];
    run('mvn', ['--quiet', '--batch-mode', goal, ...options], folder);
    return only(folder, /-sources\.jar$/);
  },
  debian(name, version, folder) {
    const env = { APT_CONFIG: aptConfiguration(join(folder, 'state')) };
    run('apt-get', ['update', '-qq'], folder, env);
    // apt fails when a part is missing that is not used here: signatures, Debian's own changes.
    run('apt-get', ['source', '-qq', '--download-only', name], folder, env, true);
    const archive = only(folder, /\.orig\.tar\.\w+$/);
    if (!basename(archive).includes(`_${version}.orig`)) throw new Error(`${archive} is not version ${version}`);
    return archive;
  },
  /** A binary package, for scripts: not every mirror has all sources. */
  deb(name, version, folder) {
    run('apt-get', ['download', '-qq', `${name}=${version}`], folder);
    return only(folder, /\.deb$/);
  },
};

/** The folder with the package's files; unpacked in an earlier run, or now. */
export function packageFolder({ ecosystem, name, version }, into) {
  const folder = join(into, ecosystem, `${name}@${version}`.replaceAll(/[^\w.@+-]/g, '_'));
  const files = join(folder, 'files');
  if (existsSync(files)) return files;
  rmSync(folder, { recursive: true, force: true });
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked, { recursive: true });
  const archive = clients[ecosystem](name, version, folder);
  if (/\.(whl|jar|zip)$/.test(archive)) run('python3', ['-m', 'zipfile', '-e', archive, unpacked], folder);
  else if (archive.endsWith('.deb')) run('dpkg-deb', ['-x', archive, unpacked], folder);
  else run('tar', ['-xf', archive, '-C', unpacked], folder);
  renameSync(unpacked, files);
  return files;
}

function run(program, args, cwd, env = {}, mayFail = false) {
  try {
    const stdio = ['ignore', 'pipe', 'inherit'];
    return execFileSync(program, args, { cwd, stdio, encoding: 'utf8', env: { ...process.env, ...env } });
  } catch (cause) {
    if (!mayFail) throw cause;
    return '';
  }
}

function only(folder, pattern) {
  const found = readdirSync(folder).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${folder} holds ${found.length} archives, not one`);
  return join(folder, found[0]);
}

/** The machine's own repositories asked for sources, with a state below `state`: the machine stays as it is. */
function aptConfiguration(state) {
  const parts = join(state, 'parts');
  for (const each of ['parts', 'lists/partial', 'cache/archives/partial'])
    mkdirSync(join(state, each), { recursive: true });
  const system = '/etc/apt';
  const lists = [
    'sources.list',
    ...readdirSync(join(system, 'sources.list.d')).map((name) => `sources.list.d/${name}`),
  ];
  for (const list of lists.filter((each) => existsSync(join(system, each)))) {
    const text = readFileSync(join(system, list), 'utf8').replaceAll(/^(Types:\s*|)deb(?=\s)/gm, '$1deb-src');
    writeFileSync(join(parts, basename(list)), text);
  }
  const settings = {
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': parts,
    'Dir::State::Lists': join(state, 'lists'),
    'Dir::Cache': join(state, 'cache'),
  };
  const path = join(state, 'apt.conf');
  writeFileSync(
    path,
    Object.entries(settings)
      .map(([key, value]) => `${key} "${value}";\n`)
      .join(''),
  );
  return path;
}
