import { sampled } from './sample.mjs';

const shortest = 4;
/** So that no popular name makes the result. */
const sitesPerName = 1;

/**
 * Places where a name that is imported from another file of the repository is called, and where that file declares it.
 *
 * @returns {Promise<{path: string, offset: number, lineStart: number, name: string, imports: string[], answer: {path: string, line: number}}[]>}
 *   `offset` is behind the bracket that opens the call
 */
export async function callSitesOf({ files }, { product, syntax, count, random }) {
  const read = await readFiles(files, { product, syntax });
  const found = [];
  for (const [path, { text, languageId, imports }] of read) {
    const resolved = imports.flatMap(({ specifier, names }) =>
      names.flatMap(({ name, local }) => {
        const target = product.importPaths({ languageId, path }, specifier, name).find((each) => read.has(each));
        return target === undefined ? [] : [{ name, local, target }];
      }),
    );
    const targets = [...new Set(resolved.map(({ target }) => target))];
    for (const { name, local, target } of resolved) {
      const answer = read
        .get(target)
        .declarations.find((each) => each.name === (name === '*' || name === 'default' ? local : name));
      if (answer === undefined || local.length < shortest) continue;
      const calls = sampled(callsOf(text, local), sitesPerName, random);
      for (const offset of calls)
        found.push({
          path,
          offset,
          lineStart: text.lastIndexOf('\n', offset - 1) + 1,
          name: local,
          imports: targets,
          answer: { path: target, line: answer.line },
        });
    }
  }
  return sampled(found, count, random);
}

async function readFiles(files, { product, syntax }) {
  const read = new Map();
  for (const { path, languageId, text } of files) {
    const parsed = await syntax.parse(languageId, text, 5_000);
    if (parsed === undefined) continue;
    const declarations = product
      .declarationsIn(parsed)
      .map(({ name, start, end }) => ({ name, line: lineOfName(text, name, start, end) }));
    read.set(path, { text, languageId, imports: product.importsIn(parsed), declarations });
    parsed[Symbol.dispose]();
  }
  return read;
}

function lineOfName(text, name, start, end) {
  const within = text.slice(start, end).indexOf(name);
  return text.slice(0, start + Math.max(0, within)).split('\n').length - 1;
}

/** Where calls of a name open, in lines that are code as far as can be told. */
function callsOf(text, name) {
  const call = new RegExp(`(?<![\\w$.'"\`/])${name.replaceAll('$', '\\$')}\\(`, 'g');
  return [...text.matchAll(call)]
    .filter(
      ({ index }) =>
        !/^\s*(\/\/|\*|\/\*|#|>>>|import\b|from\b|export\b.*\bfrom\b|def\b|class\b|.*\bfunction\b)/.test(
          lineAt(text, index),
        ),
    )
    .map(({ index, 0: { length } }) => index + length);
}

function lineAt(text, offset) {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end);
}
