import {
  commands,
  Disposable,
  l10n,
  type LogOutputChannel,
  type Uri,
  type WebviewView,
  window,
  workspace,
} from 'vscode';
import { errorText } from '../../base/logger.ts';
import type { EngineStatus } from '../../protocol/messages.ts';
import type { EngineClient } from '../engineClient.ts';
import { openPageFiles, type PagePaths } from '../page/pageFiles.ts';
import type { ChatDesk } from './chatDesk.ts';
import { ChatPage } from './chatPage.ts';
import { chatShell } from './chatShell.ts';
import type { ToPage } from './messages.ts';
import { isPageAction } from './pageAction.ts';

const viewId = 'hearth.chat';
const paths: PagePaths = {
  styleFolder: 'media/chat',
  scriptFolder: 'dist/webview/chat',
  style: 'chat.css',
  script: 'chat.js',
};

export interface ChatViewOptions {
  readonly engine: Pick<EngineClient, 'chat' | 'onStatus'>;
  readonly desk: ChatDesk;
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
}

/** The view in the side bar. What it shows lives in `page`, so that hiding the view, which unloads it, loses nothing. */
export class ChatView implements Disposable {
  readonly page: ChatPage;
  readonly #options: ChatViewOptions;
  readonly #parts: Disposable;
  #view: WebviewView | undefined;
  #answerer = '';

  constructor(options: ChatViewOptions) {
    const { engine, desk } = options;
    const { chat } = engine;
    this.#options = options;
    this.page = new ChatPage({
      engine: chat,
      desk,
      t: l10n.t,
      ...(l10n.bundle && { translations: l10n.bundle }),
      now: Date.now,
      post: (message) => this.#post(message),
    });
    this.#parts = Disposable.from(
      window.registerWebviewViewProvider(viewId, { resolveWebviewView: (view) => this.#fill(view) }),
      chat.onBegan((began) => this.page.began(began)),
      chat.onDelta((delta) => this.page.wrote(delta)),
      engine.onStatus((status) => this.#statusChanged(status)),
      window.onDidChangeActiveTextEditor(() => this.#editorChanged()),
      window.onDidChangeTextEditorSelection(() => this.#editorChanged()),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('hearth')) this.#surroundingsChanged();
      }),
    );
  }

  /** Brings the view to the front, with the keyboard in it. */
  async show(): Promise<void> {
    await commands.executeCommand(`${viewId}.focus`);
  }

  dispose(): void {
    this.#parts.dispose();
    this.page.dispose();
  }

  #fill(view: WebviewView): void {
    const { extensionUri, log } = this.#options;
    const { webview } = view;
    this.#view = view;
    const files = openPageFiles(webview, extensionUri, paths);
    const listener = webview.onDidReceiveMessage((message: unknown) => {
      if (isPageAction(message)) void this.page.receive(message);
      else log.warn('The chat view said something that it cannot say.');
    });
    view.onDidDispose(() => {
      listener.dispose();
      if (this.#view === view) this.#view = undefined;
    });
    webview.html = chatShell(files, l10n.t);
  }

  /** A model that writes a completion is the same model. */
  #statusChanged({ state, model, server }: EngineStatus): void {
    const answerer = JSON.stringify([state === 'thinking' ? 'ready' : state, model?.id, server]);
    if (answerer === this.#answerer) return;
    this.#answerer = answerer;
    this.#surroundingsChanged();
  }

  #editorChanged(): void {
    if (this.#view?.visible) this.page.editorChanged();
  }

  /** What nobody sees needs no look into the user's files. */
  #surroundingsChanged(): void {
    if (this.#view?.visible) this.page.surroundingsChanged();
  }

  #post(message: ToPage): void {
    if (!this.#view?.visible) return;
    const { log } = this.#options;
    const send = this.#view.webview.postMessage.bind(this.#view.webview);
    send(message).then(undefined, (cause) => log.debug(errorText(cause)));
  }
}
