import { importsIn } from '../../../syntax/imports.ts';
import type { Syntax } from '../../../syntax/syntax.ts';
import type { ContextQuery, ContextSource, Snippet } from '../types.ts';
import { cursorLine } from './cursorLine.ts';
import { firstLines } from './firstLines.ts';
import { type FoundDeclaration, ImportedFiles, type WantedName } from './importedFiles.ts';
import { stableWithinLine } from './stableWithinLine.ts';
import type { WorkspaceView } from './workspaceView.ts';

const maxDeclarations = 5;
const maxDeclarationCharacters = 500;
/** How many imported names are looked up, nearest first: each may mean reading and parsing a file. */
const maxLookUps = 16;

export interface ImportedDeclarationsOptions {
  readonly workspace: Omit<WorkspaceView, 'openDocuments'>;
  readonly syntax: Syntax;
}

/** What the symbols look like that this file imports from its own workspace: those used nearest to the cursor. */
export function createImportedDeclarations({ workspace, syntax }: ImportedDeclarationsOptions): ContextSource {
  const files = new ImportedFiles(workspace, syntax);

  return stableWithinLine({
    name: 'importedDeclarations',
    async snippets(query, signal) {
      const distances = distancesToWords(query);
      const distanceOf = (word: string) => distances.get(word) ?? Number.POSITIVE_INFINITY;
      const wanted = (await importedNames(syntax, query))
        .toSorted((a, b) => compare(distanceOf(a.local), distanceOf(b.local)))
        .slice(0, maxLookUps);
      const found: (FoundDeclaration & { readonly distance: number })[] = [];
      for (const each of wanted) {
        signal.throwIfAborted();
        for (const one of await files.find(query.document, each, (name) => distances.has(name))) {
          // What a wildcard brings in has its own name; what was renamed is used under the other.
          const distance = Math.min(distanceOf(each.local), distanceOf(one.declaration.name));
          if (!found.some((other) => other.declaration === one.declaration)) found.push({ ...one, distance });
        }
      }
      found.sort((a, b) => compare(a.distance, b.distance));
      return perFile(found.slice(0, maxDeclarations));
    },
  });
}

async function importedNames(syntax: Syntax, { document }: ContextQuery): Promise<readonly WantedName[]> {
  using parsed = await syntax.parse(document.languageId, document.before + document.text);
  if (parsed === undefined) return [];
  return importsIn(parsed).flatMap(({ specifier, names }) => names.map((name) => ({ specifier, ...name })));
}

/** How many lines every word of the document is away from the cursor's line, which itself does not count. */
function distancesToWords(query: ContextQuery): ReadonlyMap<string, number> {
  const distances = new Map<string, number>();
  const { above, below } = cursorLine(query);
  const note = (lines: readonly string[]) => {
    for (const [distance, line] of lines.entries()) {
      for (const [word] of line.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
        if (distance < (distances.get(word) ?? Number.POSITIVE_INFINITY)) distances.set(word, distance);
      }
    }
  };
  note(above.split('\n').toReversed());
  note(below.split('\n'));
  return distances;
}

/** One snippet per file, its declarations in their own order, so that the model reads a file with parts left out. */
function perFile(found: readonly FoundDeclaration[]): readonly Snippet[] {
  const paths = [...new Set(found.map(({ path }) => path))];
  return paths.map((path, rank) => ({
    source: 'importedDeclarations',
    path,
    text: found
      .filter((each) => each.path === path)
      .map(({ declaration }) => declaration)
      .toSorted((a, b) => a.start - b.start)
      .map(({ signature }) => firstLines(signature, maxDeclarationCharacters))
      .join('\n'),
    score: 1 / (1 + rank),
  }));
}

/** For `sort`; two infinite distances are equal. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
