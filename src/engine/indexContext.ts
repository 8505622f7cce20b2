import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { fileOf } from '../base/fileOf.ts';
import { cursorRequest } from '../codeIndex/search/cursorRequest.ts';
import type { Hit, SearchRequest } from '../codeIndex/search/hit.ts';
import { firstLines } from '../inference/completion/context/firstLines.ts';
import { importPaths } from '../inference/completion/context/importPaths.ts';
import { stableWithinLine } from '../inference/completion/context/stableWithinLine.ts';
import type { ContextQuery, ContextSource, DocumentView, Snippet } from '../inference/completion/types.ts';
import { importsIn } from '../syntax/imports.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { type OpenDocuments, recentPaths } from './openDocuments.ts';
import { staleWhileLate } from './staleWhileLate.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

export interface IndexContextOptions {
  readonly index: Pick<WorkspaceIndex, 'search'>;
  readonly documents: Pick<OpenDocuments, 'newestFirst'>;
  readonly syntax: Syntax;
}

/** Some are shown by other sources already, and are left out when the prompt is laid out. */
const maxHits = 8;
const leastCharacters = 300;
/** A file that takes longer to parse is asked for without its imports. */
const parseBudgetMs = 10;

/** Definitions and code like that at the cursor, from the whole workspace. */
export function createIndexContext({ index, documents, syntax }: IndexContextOptions): ContextSource {
  const source: ContextSource = {
    name: 'index',
    async snippets(query, signal) {
      const recent = recentPaths(documents);
      const { hits } = await index.search(await requestFor(query, syntax, recent), signal);
      const maxCharacters = Math.max(leastCharacters, query.budgetCharacters / 2);
      return hits.slice(0, maxHits).map((hit) => snippetOf(hit, maxCharacters));
    },
  };
  return staleWhileLate(stableWithinLine(source));
}

async function requestFor(
  { document, offset }: ContextQuery,
  syntax: Syntax,
  recentlyEdited: readonly string[],
): Promise<SearchRequest> {
  const before = document.before + document.text.slice(0, offset);
  const path = fileOf(document.uri);
  return {
    ...cursorRequest({ before, after: document.text.slice(offset) + document.after }),
    limit: maxHits,
    ...(path === undefined ? {} : { from: { path, imports: await importedPaths(document, syntax) } }),
    recentlyEdited,
  };
}

/** Where the imports may lie, relative to the workspace folder; some of these paths do not exist. */
async function importedPaths(document: DocumentView, syntax: Syntax): Promise<readonly string[]> {
  using parsed = await syntax.parse(document.languageId, document.before + document.text, parseBudgetMs);
  if (parsed === undefined) return [];
  return importsIn(parsed).flatMap(({ specifier, names }) =>
    names.flatMap(({ name }) => importPaths(document, specifier, name)),
  );
}

function snippetOf({ folder, path, text, startLine, score, reasons }: Hit, maxCharacters: number): Snippet {
  return {
    source: 'index',
    path,
    text: firstLines(text, maxCharacters).trimEnd(),
    score,
    origin: { uri: URI.file(join(folder, path)).toString(), startLine, reasons },
  };
}
