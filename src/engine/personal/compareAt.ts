import type { TextDocument } from 'vscode-languageserver-textdocument';
import { promptAt } from '../../inference/completion/promptAt.ts';
import type { DocumentView } from '../../inference/completion/types.ts';
import type { AdapterUse, Generate, LoadedModel } from '../../inference/generate.ts';
import type { ComparedCompletions, ComparePlace } from '../../protocol/personalMessages.ts';

/** Three lines show a style; more takes long on a slow machine. */
const maxTokens = 64;
const maxLines = 3;

export interface CompareTools {
  readonly generate: Generate;
  readonly model: LoadedModel;
  readonly adapters: readonly AdapterUse[];
}

/** What the model writes at a place, bare and with the adapters in use; greedily, so that nothing else differs. */
export async function compareAt(
  { generate, model, adapters }: CompareTools,
  document: TextDocument,
  view: DocumentView,
  { position }: ComparePlace,
): Promise<ComparedCompletions> {
  const offset = document.offsetAt(position);
  const { path, languageId, text } = view;
  const place = { path, languageId, prefix: text.slice(0, offset), suffix: text.slice(offset), snippets: [] };
  const layout = promptAt(place, model, model.contextSize);
  if (layout === undefined) return { without: '', with: '' };
  const write = async (stack: readonly AdapterUse[]): Promise<string> => {
    const request = { ...layout, maxTokens, stop: [], temperature: 0, priority: 'typing', adapters: stack } as const;
    let written = '';
    for await (const chunk of generate(request, new AbortController().signal)) {
      written += chunk.text;
      if (written.split('\n').length > maxLines) break;
    }
    return written.split('\n').slice(0, maxLines).join('\n').trimEnd();
  };
  return { without: await write([]), with: await write(adapters) };
}
