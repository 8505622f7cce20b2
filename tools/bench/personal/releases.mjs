import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { run } from '../run.mjs';
import { cacheFolder } from './cache.mjs';

const languages = {
  '.ts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.py': 'python',
};
const maxCharacters = 300_000;
/** Tests are written in a manner of their own; the others are not written by hand, or by others. */
const leftOut =
  /\.d\.[cm]?ts$|\.min\.[cm]?js$|(^|\/)(tests?|__tests__|testing|generated|node_modules|vendor|_?vendored|dist|build)\/|(^|\/)test_|\.(test|spec)\./;

/**
 * The source files of an author's release, downloaded once.
 * @param {'earlier' | 'later'} which
 * @returns {Promise<{path: string, languageId: string, text: string}[]>} in the order of their paths
 */
export async function filesOf(author, which) {
  const folder = await fetched(author, author[which]);
  return readdirSync(folder, { recursive: true })
    .map((file) => file.split(sep).join('/'))
    .filter((path) => path.startsWith(author.only) && languages[extname(path)] !== undefined && !leftOut.test(path))
    .toSorted()
    .map((path) => ({ path, languageId: languages[extname(path)], text: textOf(join(folder, path)) }))
    .filter(({ text }) => text.length <= maxCharacters);
}

function textOf(path) {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}

async function fetched({ name, from }, release) {
  const { version, sha256 } = release;
  const folder = join(cacheFolder, 'releases');
  const place = join(folder, `${name}-${version}`);
  if (!existsSync(place)) {
    mkdirSync(folder, { recursive: true });
    const scratch = mkdtempSync(join(folder, 'new-'));
    try {
      console.error(`fetching ${name} ${version}`);
      const archive = join(scratch, await (from === 'npm' ? packed : wheel)(name, release, scratch));
      const found = createHash('sha256').update(readFileSync(archive)).digest('hex');
      if (found !== sha256) throw new Error(`${name} ${version} has SHA-256 ${found}, not the one that is pinned`);
      await unpack(archive, scratch);
      renameSync(from === 'npm' ? join(scratch, 'package') : scratch, place);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return place;
}

async function packed(name, { version }, into) {
  return (await run('npm', ['pack', '--silent', '--pack-destination', into, `${name}@${version}`])).trim();
}

/** The same file on every machine: for one Python, whichever runs here. */
async function wheel(name, { version, wheelFor = { python: '3.12', platforms: [] } }, into) {
  const platforms = [...wheelFor.platforms, 'any'].flatMap((platform) => ['--platform', platform]);
  const which = ['--only-binary', ':all:', '--python-version', wheelFor.python, '--implementation', 'cp', ...platforms];
  const wanted = ['--quiet', '--no-deps', '--dest', into, `${name}==${version}`];
  await run('python3', ['-m', 'pip', 'download', ...which, ...wanted]);
  return readdirSync(into).find((file) => file.endsWith('.whl'));
}

function unpack(archive, into) {
  return archive.endsWith('.whl')
    ? run('python3', ['-m', 'zipfile', '-e', archive, into])
    : run('tar', ['xzf', archive, '-C', into]);
}
