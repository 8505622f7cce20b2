import { CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc/node';
import { errorText, type Logger } from '../../base/logger.ts';
import type { Embedder } from '../embedder/embedder.ts';
import { type EmbedderChoice, IndexMessage } from './indexProtocol.ts';

/** The embedding model that the engine runs. */
export function remoteEmbedder(
  connection: MessageConnection,
  { id, dimensions }: Extract<EmbedderChoice, { kind: 'model' }>,
): Embedder {
  return {
    id,
    dimensions,
    embed: (texts, role = 'passage') => connection.sendRequest(IndexMessage.embed, { id, texts, role }),
  };
}

/** The reranking model that the engine runs. */
export function remoteRerank(connection: MessageConnection) {
  return async (question: string, passages: readonly string[], signal: AbortSignal): Promise<readonly number[]> => {
    const cancel = new CancellationTokenSource();
    const onAbort = () => cancel.cancel();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await connection.sendRequest(IndexMessage.rerank, { question, passages }, cancel.token);
    } finally {
      signal.removeEventListener('abort', onAbort);
      cancel.dispose();
    }
  };
}

/** Lines for the engine's log. */
export function remoteLogger(connection: MessageConnection): Logger {
  const say = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, cause?: unknown) =>
    void connection.sendNotification(IndexMessage.log, {
      level,
      message: cause === undefined ? message : `${message}: ${errorText(cause)}`,
    });
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}
