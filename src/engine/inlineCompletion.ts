import {
  type InlineCompletionItem,
  type InlineCompletionParams,
  InlineCompletionTriggerKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { acceptedCommand } from '../protocol/messages.ts';
import type { Completion, CompletionQuery, DocumentView } from '../inference/completion/types.ts';
import type { RunnerState } from '../inference/host/modelRunner.ts';
import type { Shown } from '../personalize/events/completionEvent.ts';

/** From LSP to the pipeline's query. */
export function queryOf(
  { position, context }: InlineCompletionParams,
  document: TextDocument,
  view: DocumentView,
  arrivedMs: number,
): CompletionQuery {
  const selected = context?.selectedCompletionInfo;
  return {
    document: view,
    offset: document.offsetAt(position),
    trigger: context?.triggerKind === InlineCompletionTriggerKind.Invoked ? 'invoked' : 'automatic',
    arrivedMs,
    ...(selected === undefined
      ? {}
      : {
          selected: {
            start: document.offsetAt(selected.range.start),
            end: document.offsetAt(selected.range.end),
            text: selected.text,
          },
        }),
  };
}

/** From the pipeline's answer to LSP. A completion replaces text on the cursor's line only. */
export function itemOf(completion: Completion, query: CompletionQuery, position: InlineCompletionParams['position']) {
  const character = (offset: number) => position.character + offset - query.offset;
  return {
    insertText: completion.insertText,
    range: {
      start: { line: position.line, character: character(completion.start) },
      end: { line: position.line, character: character(completion.end) },
    },
    command: { title: 'Accepted', command: acceptedCommand, arguments: [completion.id] },
  } satisfies InlineCompletionItem;
}

/** The facts of a completion on the screen, as the event store wants them. */
export function shownOf(completion: Completion, { document, offset }: CompletionQuery, state: RunnerState): Shown {
  const { id, insertText, start, end, latencyMs, origin, snippets } = completion;
  const { folder } = document;
  return {
    id,
    uri: document.uri,
    path: document.path,
    languageId: document.languageId,
    model: state.kind === 'ready' ? state.model.id : '',
    prefix: document.text.slice(0, offset),
    suffix: document.text.slice(offset),
    insertText,
    start,
    end,
    latencyMs,
    origin,
    ...(folder === undefined ? {} : { folder }),
    snippets: snippets.map(({ path, text }) => ({ path, text })),
  };
}
