import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import { budgetOf, generateOf, layOut, loadHost } from '../../../starter/evaluate/host/model.mjs';
import { root } from '../../install.mjs';
import { uniform } from '../random.mjs';
import { meanWithInterval } from './intervals.mjs';
import { loadLikelihood } from './likelihood.mjs';
import { sampled } from './sample.mjs';
import { interval, signed } from './tables.mjs';

const model = join(root, 'models/starter.gguf');
/** As many files of the same repository as somebody may have open, those of the same folder first. */
const maxTabs = 8;
const timeoutMs = 10_000;
const never = new AbortController().signal;
/** What each column of the table shows the model of other files. */
const contexts = {
  'no context': [],
  'open tabs only': ['openTabs'],
  'index only': ['index'],
  'all but the index': ['openTabs', 'importedDeclarations'],
  'all the product shows': ['openTabs', 'importedDeclarations', 'index'],
};

/**
 * Lines completed by the starter with the product's own prompts, drafts and context sources.
 * @returns {Promise<Record<string, {places: number, byContext: Record<string, {exact: number[], nats: number[]}>}>>} by kind of line
 */
export async function compareCompletions(indexed, { places, seed, parts }) {
  const random = uniform(seed);
  const kinds = {
    'lines that call something of another file': sampled(indexed.flatMap(callLines), places, random),
    'any lines': sampled(
      indexed.flatMap((repository) => anyLines(repository, places, random)),
      places,
      random,
    ),
  };
  const host = await loadHost(model, { fimFormat: 'starter' });
  const budget = budgetOf(host);
  const likelihood = await loadLikelihood(model);
  const results = {};
  for (const [kind, list] of Object.entries(kinds)) {
    const byContext = Object.fromEntries(Object.keys(contexts).map((name) => [name, { exact: [], nats: [] }]));
    for (const [at, place] of list.entries()) {
      if (at % 20 === 0) console.error(`${kind}: ${at} of ${list.length}`);
      const cut = cutAt(place);
      const sources = sourcesFor(place, host.product, parts);
      for (const [name, wanted] of Object.entries(contexts)) {
        const chosen = wanted.map((source) => sources[source]);
        const snippets = await gathered(chosen, cut, budget.snippetCharacters, host.product);
        const layout = layOut(host, { ...cut, path: place.file.path, snippets }, budget);
        byContext[name].exact.push(Number((await drafted(layout, host, parts)) === cut.line.trimEnd()));
        byContext[name].nats.push(
          await likelihood.nats({ prompt: layout.prompt, text: `${layout.typed}${cut.line}\n` }),
        );
      }
    }
    results[kind] = { places: list.length, byContext };
  }
  await likelihood.dispose();
  return results;
}

export function completionTables(results) {
  return Object.entries(results).flatMap(([kind, { places, byContext }]) => {
    const without = byContext['no context'].nats;
    return [
      '',
      `### Completions by the starter: ${kind} (${places})`,
      '',
      '| | exact match | −ln p of the true line | less than without context |',
      '|---|---|---|---|',
      ...Object.entries(byContext).map(([name, { exact, nats }]) => {
        const gain =
          name === 'no context' ? '' : signed(meanWithInterval(nats.map((each, at) => without[at] - each)), 2);
        return `| ${name} | ${interval(meanWithInterval(exact))} | ${interval(meanWithInterval(nats), 2)} | ${gain} |`;
      }),
    ];
  });
}

function callLines(repository) {
  return repository.sites.map(({ path, lineStart }) => ({
    repository,
    file: repository.files.find((file) => file.path === path),
    lineStart,
  }));
}

/** Lines with something in them, imports and comments left out. */
function anyLines(repository, count, random) {
  return sampled(repository.files, count, random).flatMap((file) => {
    const starts = [...file.text.matchAll(/^[ \t]*(?!import\b|from\b|\/\/|\/?\*|#|""")\S.{5,}$/gm)].map(
      ({ index }) => index,
    );
    return sampled(starts, 1, random).map((lineStart) => ({ repository, file, lineStart }));
  });
}

/** The cursor behind the indentation of the line, and nothing behind it. */
function cutAt({ file, lineStart }) {
  const { text, languageId } = file;
  const end = text.indexOf('\n', lineStart);
  const whole = text.slice(lineStart, end < 0 ? text.length : end);
  const indent = /^\s*/.exec(whole)[0];
  return {
    uri: 'file:///',
    languageId,
    prefix: text.slice(0, lineStart) + indent,
    suffix: end < 0 ? '' : text.slice(end),
    line: whole.slice(indent.length),
  };
}

/** The product's context sources over the repository, as a workspace in which some neighbours of the file are open. */
function sourcesFor({ repository, file }, evaluated, { product, embedder, syntax }) {
  const { files, folder, store } = repository;
  const others = new Map(files.filter(({ path }) => path !== file.path).map((each) => [each.path, each]));
  const isNear = ({ path }) => Number(dirname(path) === dirname(file.path));
  const tabs = [...others.values()].toSorted((a, b) => isNear(b) - isNear(a)).slice(0, maxTabs);
  const workspace = {
    openDocuments: () => tabs.map((tab) => documentOf(folder, tab)),
    fileVersion: async (_from, path) => (others.has(path) ? '1' : undefined),
    readFile: async (_from, path) => others.get(path)?.text,
    filesIn: async (_from, inside) =>
      [...others.keys()].filter((path) => dirname(path) === inside).map((path) => path.slice(inside.length + 1)),
  };
  const index = {
    search: async (request, signal) => ({
      hits: await product.search(request, { stores: [store], embedder, log: product.silentLogger }, signal),
      complete: true,
    }),
  };
  const sources = {
    openTabs: evaluated.createOpenTabs(workspace),
    importedDeclarations: evaluated.createImportedDeclarations({ workspace, syntax }),
    index: product.createIndexContext({ index, documents: { newestFirst: () => [] }, syntax }),
  };
  const located = (source) => ({
    name: source.name,
    snippets: ({ document, ...query }, signal) =>
      source.snippets(
        { ...query, document: { ...document, ...documentOf(folder, { ...file, text: document.text }) } },
        signal,
      ),
  });
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, located(source)]));
}

function documentOf(folder, { path, languageId, text }) {
  return { uri: `file://${folder}/${path}`, path, languageId, version: 1, text, before: '', after: '' };
}

async function gathered(sources, { prefix, suffix, languageId }, budgetCharacters, { gatherContext, silentLogger }) {
  const document = {
    uri: 'file:///open',
    path: 'open',
    languageId,
    version: 1,
    text: prefix + suffix,
    before: '',
    after: '',
  };
  const query = { document, offset: prefix.length, budgetCharacters };
  const answer = await gatherContext(sources, query, { budgetCharacters, timeoutMs, log: silentLogger }, never);
  return answer.snippets ?? answer;
}

async function drafted(layout, { product, session }, { syntax }) {
  const request = { ...layout, extent: 'line', temperature: 0, priority: 'typing', origin: 'model' };
  const edges = { generate: generateOf(session), syntax, onText() {}, onStats() {} };
  const { text } = await product.draft(request, edges, never);
  return text.trimEnd();
}
