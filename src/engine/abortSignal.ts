import type { CancellationToken } from 'vscode-languageserver';

/** The signal that aborts when the client cancels its request. */
export function abortSignal(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
