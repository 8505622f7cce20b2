import {
  type CancellationToken,
  type Disposable,
  l10n,
  LanguageModelTextPart,
  type LanguageModelTool,
  type LanguageModelToolInvocationOptions,
  type LanguageModelToolInvocationPrepareOptions,
  LanguageModelToolResult,
  lm,
  type PreparedToolInvocation,
  window,
} from 'vscode';
import { plainLine } from '../formats.ts';
import type { IndexClient } from '../indexClient.ts';
import { hitsText } from './hitsText.ts';

/** As in the manifest's `inputSchema`, which VS Code holds inputs against. */
interface SearchInput {
  readonly query: string;
  readonly limit?: number;
}

/** As in the manifest. */
const toolName = 'hearth_search';
const usualLimit = 8;
const maxLimit = 30;

/** Lets the models of VS Code's chat search the workspace by meaning, words and names. Reads; changes nothing. */
export function offerSearchTool(index: IndexClient): Disposable {
  const tool: LanguageModelTool<SearchInput> = {
    prepareInvocation: ({ input }: LanguageModelToolInvocationPrepareOptions<SearchInput>): PreparedToolInvocation => ({
      invocationMessage: l10n.t('Searching the workspace for “{0}”', plainLine(input.query, 80)),
    }),
    async invoke({ input }: LanguageModelToolInvocationOptions<SearchInput>, token: CancellationToken) {
      const limit = Math.max(1, Math.min(maxLimit, Math.floor(input.limit ?? usualLimit)));
      const fromUri = window.activeTextEditor?.document.uri.toString();
      const found = await index.search(
        { text: input.query, limit, ...(fromUri === undefined ? {} : { fromUri }) },
        signalOf(token),
      );
      return new LanguageModelToolResult([new LanguageModelTextPart(hitsText(found))]);
    },
  };
  return lm.registerTool(toolName, tool);
}

function signalOf(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
