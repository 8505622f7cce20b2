import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { extname, join, sep } from 'node:path';
import { run } from '../run.mjs';

/**
 * Packages that publish readable sources, pinned. All of them were held out when the starter models were trained. What is
 * tuned is tuned on the first set; what is reported comes from the second.
 */
const sets = {
  tuning: [
    { name: 'luxon', from: 'npm', version: '3.7.2', folder: 'package/src' },
    { name: '@grpc/grpc-js', from: 'npm', version: '1.14.7', folder: 'package/src' },
    { name: 'chevrotain', from: 'npm', version: '13.2.0', folder: 'package/src' },
    { name: 'mongoose', from: 'npm', version: '9.12.1', folder: 'package/lib' },
    { name: 'luigi', from: 'pypi', version: '3.8.1', folder: '.', only: 'luigi/' },
    { name: 'plotnine', from: 'pypi', version: '0.15.9', folder: '.', only: 'plotnine/' },
  ],
  report: [
    { name: 'matrix-js-sdk', from: 'npm', version: '37.5.0', folder: 'package/src' },
    { name: 'mongodb', from: 'npm', version: '7.8.0', folder: 'package/src' },
    { name: 'langium', from: 'npm', version: '4.4.0', folder: 'package/src' },
    { name: 'optuna', from: 'pypi', version: '5.0.0', folder: '.', only: 'optuna/' },
    { name: 'scrapy', from: 'pypi', version: '2.19.0', folder: '.', only: 'scrapy/' },
    { name: 'networkx', from: 'pypi', version: '3.6.1', folder: '.', only: 'networkx/' },
  ],
};
const cache = join(homedir(), '.cache/hearth/retrieval');
const languages = {
  '.ts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.py': 'python',
};
const maxBytes = 300_000;
/** Tests call what they test by name over and over: too easy, and not what a user completes most. */
const leftOut = /\.d\.ts$|(^|\/)(tests?|__tests__|testing|generated|node_modules)\/|(^|\/)test_|\.(test|spec)\./;

/**
 * The sources of a set, downloaded once.
 * @param {'tuning' | 'report'} set
 * @returns {Promise<{name: string, version: string, files: {path: string, languageId: string, text: string}[]}[]>}
 */
export async function repositories(set) {
  const found = [];
  for (const each of sets[set])
    found.push({ name: each.name, version: each.version, files: filesIn(await fetched(each), each.only ?? '') });
  return found;
}

async function fetched({ name, from, version, folder }) {
  const place = join(cache, `${name.replace('/', '-')}-${version}`);
  if (!existsSync(place)) {
    mkdirSync(cache, { recursive: true });
    const scratch = mkdtempSync(join(cache, 'new-'));
    try {
      console.error(`fetching ${name} ${version}`);
      await (from === 'npm' ? unpackNpm : unpackPypi)(name, version, scratch);
      renameSync(scratch, place);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return join(place, folder);
}

async function unpackNpm(name, version, into) {
  const file = (await run('npm', ['pack', '--silent', '--pack-destination', into, `${name}@${version}`])).trim();
  await run('tar', ['xzf', join(into, file), '-C', into]);
}

async function unpackPypi(name, version, into) {
  await run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', into, `${name}==${version}`]);
  const wheel = readdirSync(into).find((file) => file.endsWith('.whl'));
  await run('python3', ['-m', 'zipfile', '-e', join(into, wheel), into]);
}

/** `only`: where the paths begin. Python names its own modules from the package's folder on. */
function filesIn(folder, only) {
  return readdirSync(folder, { recursive: true })
    .map((file) => file.split(sep).join('/'))
    .filter((path) => path.startsWith(only) && languages[extname(path)] !== undefined && !leftOut.test(path))
    .toSorted()
    .map((path) => ({ path, languageId: languages[extname(path)], text: readFileSync(join(folder, path), 'utf8') }))
    .filter(({ text }) => text.length <= maxBytes)
    .map(({ text, ...file }) => ({ ...file, text: text.replaceAll('\r\n', '\n') }));
}
