import { join } from 'node:path';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { fileOf } from '../base/fileOf.ts';
import type { Hit } from '../codeIndex/search/hit.ts';
import type { ModelRunner } from '../inference/host/modelRunner.ts';
import type { ControlIndex, SearchHit, SearchParams, SearchResult } from '../protocol/indexMessages.ts';
import { Message } from '../protocol/messages.ts';
import { abortSignal } from './abortSignal.ts';
import type { LastContextRecord } from './lastContext.ts';
import { type OpenDocuments, recentPaths } from './openDocuments.ts';
import { reportChanges } from './reportChanges.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

const maxHits = 100;
const startWithinMs = 2_000;

/** The workspace index for the client: search, control, status, and what the last completion was given. */
export function serveIndex(
  connection: Connection,
  parts: {
    readonly index: WorkspaceIndex;
    readonly documents: OpenDocuments;
    readonly lastContext: LastContextRecord;
  },
): void {
  const { index, documents, lastContext } = parts;
  connection.onRequest(
    Message.search,
    async (params: SearchParams, token: CancellationToken): Promise<SearchResult> => {
      const limit = Math.max(1, Math.min(maxHits, params.limit));
      const from = params.fromUri === undefined ? undefined : fileOf(params.fromUri);
      const { hits, complete } = await index.search(
        {
          text: params.text,
          kind: 'question',
          limit,
          ...(from === undefined ? {} : { from: { path: from, imports: [] } }),
          recentlyEdited: recentPaths(documents),
        },
        abortSignal(token),
      );
      const { problem } = index.status;
      return { hits: hits.map(citation), complete, ...(problem === undefined ? {} : { problem }) };
    },
  );
  connection.onRequest(Message.controlIndex, (order: ControlIndex) => index.control(order));
  connection.onRequest(Message.lastContext, () => lastContext.now);
  reportChanges(
    index.onStatus,
    () => index.status,
    (status) => void connection.sendNotification(Message.indexStatus, status),
  );
  documents.onSave.on(({ uri }) => index.changed([uri]));
  documents.onChange.on(() => index.activity());
}

/** Once the model is up, or after a while without: whoever opens a window wants it to appear first. */
export function startSoon(index: WorkspaceIndex, runner: ModelRunner): void {
  const timer = setTimeout(() => index.start(), startWithinMs);
  timer.unref();
  runner.onState.on(({ kind }) => {
    if (kind === 'ready' || kind === 'failed') index.start();
  });
}

function citation({ folder, path, languageId, symbolPath, startLine, endLine, text, reasons }: Hit): SearchHit {
  const uri = URI.file(join(folder, path)).toString();
  return { uri, path, languageId, symbolPath, startLine, endLine, text, reasons };
}
