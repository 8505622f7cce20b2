import type { PageAction, ToPage } from '../messages.ts';
import { droppedUris, isDroppable } from './dropped.ts';
import { ChatApp } from './chatApp.ts';
import { translator } from './page.ts';

/** The script of the view: shows what the extension sends, and says what the user did. */

interface Kept {
  readonly text: string;
}

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: PageAction) => void;
  readonly getState: () => Kept | undefined;
  readonly setState: (state: Kept) => void;
};

const { postMessage: tell, getState, setState } = acquireVsCodeApi();
const text = getState()?.text ?? '';
let app: ChatApp | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.kind !== 'begin') {
    app?.receive(data);
    return;
  }
  app = new ChatApp({
    page: { t: translator(data.translations), tell, say },
    text: getState()?.text ?? '',
    typed: (typed) => setState({ text: typed }),
  });
  document.getElementById('chat')?.replaceChildren(app.element);
  if (document.hasFocus()) app.focus();
});

/** VS Code gives the page the keyboard, and the page gives it to where one writes. */
window.addEventListener('focus', () => {
  if (document.activeElement === document.body) app?.focus();
});

for (const event of ['dragenter', 'dragover'])
  document.addEventListener(event, (drag) => {
    if (drag instanceof DragEvent && isDroppable(drag.dataTransfer)) drag.preventDefault();
  });
document.addEventListener('drop', (event) => {
  const uris = droppedUris(event.dataTransfer);
  if (uris.length === 0) return;
  event.preventDefault();
  tell({ do: 'drop', uris });
});

function say(words: string): void {
  const said = document.getElementById('said');
  if (said) said.textContent = words;
}

tell({ do: 'ready', text });
