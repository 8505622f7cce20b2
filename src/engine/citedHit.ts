import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { GatheredItem } from '../chat/context/fitItems.ts';
import type { Hit } from '../codeIndex/search/hit.ts';
import type { ContextKind } from '../protocol/chatMessages.ts';

/** A hit with its lines as people and models cite them, from 1 to the last: the index counts from 0 to the first after. */
export function cited(hit: Hit): Hit {
  return { ...hit, startLine: hit.startLine + 1 };
}

/** A cited hit as a model is shown it. */
export function itemOfHit({ folder, path, startLine, endLine, text }: Hit, kind: ContextKind): GatheredItem {
  return { kind, label: path, path, uri: URI.file(join(folder, path)).toString(), startLine, endLine, text };
}
