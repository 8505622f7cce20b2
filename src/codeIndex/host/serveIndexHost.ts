import type { MessageConnection } from 'vscode-jsonrpc/node';
import { errorText, type Logger } from '../../base/logger.ts';
import { cancelSignal } from './cancelSignal.ts';
import type { IndexedWorkspace } from './indexedWorkspace.ts';
import { IndexMessage } from './indexProtocol.ts';

/** Answers the engine. */
export function serveIndexHost(connection: MessageConnection, workspace: IndexedWorkspace, log: Logger): void {
  connection.onNotification(IndexMessage.wishes, (wishes) => {
    workspace.follow(wishes).catch((cause: unknown) => {
      log.error('The index could not be opened', cause);
      void connection.sendNotification(IndexMessage.problem, { code: 'index.unsupported', reason: errorText(cause) });
    });
  });
  connection.onNotification(IndexMessage.changed, (paths) => workspace.changed(paths));
  connection.onNotification(IndexMessage.activity, () => workspace.activity());
  connection.onRequest(IndexMessage.search, (request, token) => workspace.search(request, cancelSignal(token)));
  connection.onRequest(IndexMessage.order, async (order) => {
    await workspace.order(order);
    return null;
  });
  workspace.onStatus.on((status) => void connection.sendNotification(IndexMessage.status, status));
  connection.listen();
}
