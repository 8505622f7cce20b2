import { Disposable, window } from 'vscode';
import type { EngineClient } from './engineClient.ts';
import { focusedDocument } from './focusedDocument.ts';

/** The cursor rests somewhere once it stood still this long. */
const restMs = 300;

/** Tells the engine where the cursor came to rest, so that the model has read the place before the first keystroke. */
export function tellCursorRest(engine: EngineClient): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const tellSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const document = focusedDocument();
      const cursor = window.activeTextEditor?.selection.active;
      if (document && cursor) engine.cursorMoved({ uri: document.uri.toString(), position: cursor });
    }, restMs);
  };
  return Disposable.from(
    window.onDidChangeActiveTextEditor(tellSoon),
    window.onDidChangeTextEditorSelection(tellSoon),
    new Disposable(() => clearTimeout(timer)),
  );
}
