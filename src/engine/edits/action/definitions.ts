import { fileOf } from '../../../base/fileOf.ts';
import type { GatheredItem } from '../../../chat/context/fitItems.ts';
import { cursorRequest } from '../../../codeIndex/search/cursorRequest.ts';
import type { ContextSource, DocumentView } from '../../../inference/completion/types.ts';
import { cited, itemOfHit } from '../../citedHit.ts';
import type { WorkspaceIndex } from '../../workspaceIndex.ts';
import type { Lines } from './region.ts';

export interface DefinitionSources {
  /** What the file's imports declare. */
  readonly imported: ContextSource;
  readonly index: Pick<WorkspaceIndex, 'search'>;
  /** Absolute paths, most recently edited first. */
  readonly recentlyEdited: () => readonly string[];
}

const maxHits = 6;
const budgetCharacters = 8_000;
/** An index that is being built may take long; the model need not wait for it. */
const patienceMs = 2_000;

/** Definitions of other files that the lines touch: what is imported first, then what the index finds. */
export async function definitionsFor(
  document: DocumentView,
  { endLine }: Pick<Lines, 'endLine'>,
  { imported, index, recentlyEdited }: DefinitionSources,
  signal: AbortSignal,
): Promise<readonly GatheredItem[]> {
  const lines = document.text.split('\n');
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const path = fileOf(document.uri);
  const before = lines.slice(0, endLine).join('\n');
  const offset = before.length;
  const [snippets, found] = await Promise.all([
    imported.snippets({ document, offset, budgetCharacters }, patience).catch(() => []),
    index
      .search(
        {
          ...cursorRequest({ before, after: lines.slice(endLine).join('\n') }),
          limit: maxHits,
          ...(path === undefined ? {} : { from: { path, imports: [] } }),
          recentlyEdited: recentlyEdited(),
        },
        patience,
      )
      .catch(() => ({ hits: [] })),
  ]);
  signal.throwIfAborted();
  const declared = snippets.map(
    ({ path: from, text }): GatheredItem => ({ kind: 'file', label: from, path: from, text }),
  );
  const hits = found.hits
    .filter((hit) => hit.path !== document.path && !snippets.some((snippet) => snippet.text.includes(hit.text.trim())))
    .map((hit) => itemOfHit(cited(hit), 'codebase'));
  return [...declared, ...hits];
}
