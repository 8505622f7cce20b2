import type { CancellationToken } from 'vscode-jsonrpc/node';

/** The signal that aborts when the other side cancels its request. */
export function cancelSignal(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
