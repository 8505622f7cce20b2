import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { WorkspaceView } from '../../../../../src/inference/completion/context/workspaceView.ts';
import type { ContextQuery, DocumentView } from '../../../../../src/inference/completion/types.ts';

/** A document of the workspace folder `file:///w/`. */
export function documentOf(text: string, path = 'src/main.ts', languageId = 'typescript', version = 1): DocumentView {
  return { uri: `file:///w/${path}`, path, languageId, version, text, before: '', after: '' };
}

/** A query whose cursor is at `█`. */
export function queryAt(marked: string, path?: string, languageId?: string): ContextQuery {
  const offset = marked.indexOf('█');
  assert.ok(offset >= 0, 'no cursor');
  const document = documentOf(marked.replace('█', ''), path, languageId);
  return { document, offset, budgetCharacters: 10_000 };
}

/** The query after each character of `typed`, in turn. */
export function* whileTyping(query: ContextQuery, typed: string): Generator<ContextQuery> {
  const { document, offset } = query;
  for (let count = 1; count <= typed.length; count++) {
    const text = document.text.slice(0, offset) + typed.slice(0, count) + document.text.slice(offset);
    yield { ...query, document: { ...document, text, version: document.version + count }, offset: offset + count };
  }
}

/** A workspace on the disk, without open documents. */
export function workspaceOn(folder: string): WorkspaceView & { readonly read: string[] } {
  const stat = (path: string) => statSync(join(folder, path), { throwIfNoEntry: false });
  const read: string[] = [];
  return {
    /** Every file that was read, in order. */
    read,
    openDocuments: () => [],
    fileVersion: async (_fromUri, path) => {
      const found = stat(path);
      return found?.isFile() ? `${found.mtimeMs} ${found.size}` : undefined;
    },
    readFile: async (_fromUri, path) => {
      read.push(path);
      return readFileSync(join(folder, path), 'utf8');
    },
    filesIn: async (_fromUri, path) =>
      stat(path)?.isDirectory()
        ? readdirSync(join(folder, path), { withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map(({ name }) => basename(name))
            .toSorted()
        : [],
  };
}
