import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import { jsonLines, work } from './jobs.mjs';
import { grammarFolder, importProduct } from './product.mjs';

const timeoutMs = 10_000;
/** As many other files of the package as somebody may have open. */
const maxTabs = 8;

/**
 * What the product would show the model of the package's other files, found from what stands around the cursor. The
 * packages are in `<corpus>/<language>.jsonl`.
 *
 *     request {package, language, path, languageId, prefix, suffix, budgetCharacters}
 *     answer  {snippets: [{path, text, source}]}
 */
await work({ corpus: { type: 'string' } }, async ({ corpus }) => {
  const product = await importProduct();
  const syntax = product.createSyntax({ grammarFolder: grammarFolder(), log: product.silentLogger });
  const packages = new Map();
  const filesOf = (language, name) => {
    if (!packages.has(language)) packages.set(language, packagesIn(join(corpus, `${language}.jsonl`)));
    return packages.get(language).get(name);
  };
  return async ({ path: edited, languageId, prefix, suffix, budgetCharacters, ...place }) => {
    const files = filesOf(place.language, place.package).map(({ path, text }) => ({ path, languageId, text }));
    const workspace = workspaceOf(edited, files);
    const sources = [product.createImportedDeclarations({ workspace, syntax }), product.createOpenTabs(workspace)];
    const query = { document: documentOf({ path: edited, languageId, text: prefix + suffix }), offset: prefix.length };
    const snippets = await product.gatherContext(
      sources,
      { ...query, budgetCharacters },
      { budgetCharacters, timeoutMs, log: product.silentLogger },
      new AbortController().signal,
    );
    return { snippets: snippets.map(({ path, text, source }) => ({ path, text, source })) };
  };
});
process.exit(0);

/** The files of each package. */
function packagesIn(path) {
  const packages = new Map();
  for (const row of jsonLines(path)) {
    const files = packages.get(row.package);
    if (files === undefined) packages.set(row.package, [row]);
    else files.push(row);
  }
  return packages;
}

/** The package as a workspace, in which the files nearest to the edited one are open. */
function workspaceOf(edited, files) {
  const texts = new Map(files.filter(({ path }) => path !== edited).map((file) => [file.path, file.text]));
  const distance = (path) => (dirname(path) === dirname(edited) ? 0 : 1);
  const tabs = files
    .filter(({ path }) => path !== edited)
    .toSorted((one, other) => distance(one.path) - distance(other.path))
    .slice(0, maxTabs)
    .map(documentOf);
  return {
    openDocuments: () => tabs,
    fileVersion: async (_from, path) => (texts.has(path) ? '1' : undefined),
    readFile: async (_from, path) => texts.get(path),
    filesIn: async (_from, folder) =>
      [...texts.keys()].filter((path) => dirname(path) === folder).map((path) => path.slice(folder.length + 1)),
  };
}

function documentOf({ path, languageId, text }) {
  return { uri: `file:///${path}`, path, languageId, version: 1, text, before: '', after: '' };
}
