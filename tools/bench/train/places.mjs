import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../install.mjs';
import { integer } from '../random.mjs';

/** Sources as people write them, of packages in the versions that package-lock.json pins. */
const folders = [
  '@huggingface/jinja/src',
  'cheerio/src',
  'commander/lib',
  'htmlparser2/src',
  'js-yaml/lib',
  'markdown-it/lib',
  'mocha/lib',
];
const languages = { '.ts': 'typescript', '.js': 'javascript', '.mjs': 'javascript' };
/** As the product keeps examples: so many characters before and after the cursor. */
const windowCharacters = 2_000;
/** A prompt has some code of other files: about as much as it has room for. */
const snippetCharacters = 500;

/**
 * Places where somebody may have accepted ghost text: behind the indentation of a line, with the text that stands there.
 *
 * @param {number[]} lengths of the texts to come, in characters; a text ends where a line does
 * @param {() => number} next random numbers
 */
export function examplePlaces(lengths, next) {
  const files = folders.flatMap((folder) => filesIn(join(root, 'node_modules', folder)));
  return lengths.map((characters) => {
    const file = files[integer(next, 0, files.length)];
    const start = lineStart(file.text, next);
    const end = lineEnd(file.text, start + characters);
    const other = files[integer(next, 0, files.length)];
    return {
      path: file.path,
      languageId: file.languageId,
      prefix: file.text.slice(Math.max(0, start - windowCharacters), start),
      text: file.text.slice(start, end),
      suffix: file.text.slice(end, end + windowCharacters),
      snippets: [{ path: other.path, text: other.text.slice(0, snippetCharacters) }],
    };
  });
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .toSorted()
    .flatMap((path) => {
      const languageId = languages[/\.[a-z]+$/.exec(path)?.[0]];
      if (languageId === undefined || path.includes('.d.')) return [];
      const text = readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n');
      return text.length < windowCharacters ? [] : [{ path: join(basename(folder), path), languageId, text }];
    });
}

/** Behind the indentation of a line with something in it, past the file's first lines. */
function lineStart(text, next) {
  const starts = [...text.matchAll(/^[ \t]*(?=[^\s/*].{5})/gm)].map(({ index, 0: indent }) => index + indent.length);
  return starts[integer(next, Math.floor(starts.length / 8), starts.length)];
}

function lineEnd(text, from) {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
