import { fileOf } from '../../../base/fileOf.ts';
import type { Hit } from '../../../codeIndex/search/hit.ts';
import { ProblemError } from '../../../protocol/problems.ts';
import { cited, itemOfHit } from '../../citedHit.ts';
import { type OpenDocuments, recentPaths } from '../../openDocuments.ts';
import type { WorkspaceIndex } from '../../workspaceIndex.ts';
import type { Asking, Sources } from './gather.ts';

export interface IndexSourceParts {
  readonly index: Pick<WorkspaceIndex, 'search'>;
  readonly documents: Pick<OpenDocuments, 'newestFirst'>;
}

const maxPassages = 12;
const maxDeclarations = 4;

/** `@codebase` and `@symbol`: what the workspace's index finds. */
export function createIndexSources(parts: IndexSourceParts): Pick<Sources, 'codebase' | 'symbol'> {
  return {
    async codebase(_, asking, signal) {
      return (await passages(parts, asking, signal)).map((hit) => itemOfHit(hit, 'codebase'));
    },
    async symbol(name, asking, signal) {
      const hits = await found(parts, { ...asking, question: name }, maxPassages, signal);
      const last = name.split(/[.#:]+/).at(-1);
      const declared = hits.filter(({ symbolPath }) => symbolPath.at(-1) === last);
      if (declared.length === 0) throw new ProblemError({ code: 'context.notFound', what: name });
      return declared.slice(0, maxDeclarations).map((hit) => itemOfHit(hit, 'symbol'));
    },
  };
}

/** The passages that answer a question best, the best first. Their lines are 1-based, as people and models cite them. */
export function passages(parts: IndexSourceParts, asking: Asking, signal: AbortSignal): Promise<readonly Hit[]> {
  return found(parts, asking, maxPassages, signal);
}

async function found(
  { index, documents }: IndexSourceParts,
  { question, editor }: Asking,
  limit: number,
  signal: AbortSignal,
): Promise<readonly Hit[]> {
  const from = editor.uri === undefined ? undefined : fileOf(editor.uri);
  const { hits } = await index.search(
    {
      text: question,
      kind: 'question',
      limit,
      ...(from === undefined ? {} : { from: { path: from, imports: [] } }),
      recentlyEdited: recentPaths(documents),
    },
    signal,
  );
  return hits.map(cited);
}
