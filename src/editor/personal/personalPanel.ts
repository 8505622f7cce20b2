import {
  Disposable,
  env,
  l10n,
  type LogOutputChannel,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { errorText } from '../../base/logger.ts';
import { languageName } from '../languageName.ts';
import { openPageFiles, type PagePaths } from '../page/pageFiles.ts';
import type { KeptState } from './messages.ts';
import { isPageAction, keptFilter } from './pageAction.ts';
import type { PageDesk } from './pageDesk.ts';
import { pageShell } from './pageShell.ts';
import type { Words } from './pageState.ts';
import type { PersonalClient } from './personalClient.ts';
import { PersonalPage } from './personalPage.ts';

const viewType = 'hearth.personalStyle';
const paths: PagePaths = {
  styleFolder: 'media/personal',
  scriptFolder: 'dist/webview',
  style: 'personal.css',
  script: 'personal.js',
};

export interface PersonalPanelOptions {
  readonly personal: PersonalClient;
  readonly desk: PageDesk;
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
}

/** The one window of the "Personal style" page. */
export class PersonalPanel implements Disposable {
  readonly #options: PersonalPanelOptions;
  readonly #serializer: Disposable;
  #panel: WebviewPanel | undefined;

  constructor(options: PersonalPanelOptions) {
    this.#options = options;
    this.#serializer = window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, kept: unknown) => {
        // One that the user opened meanwhile is the one.
        if (this.#panel) panel.dispose();
        else this.#fill(panel, { filter: keptFilter(kept) });
      },
    });
  }

  show(): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const panel = window.createWebviewPanel(viewType, l10n.t('Personal Style'), ViewColumn.Active, {
      enableFindWidget: true,
    });
    this.#fill(panel, { filter: {} });
  }

  /** The window stays: one that is closed while VS Code reloads would not come back. */
  dispose(): void {
    this.#serializer.dispose();
  }

  #fill(panel: WebviewPanel, kept: KeptState): void {
    const { personal, desk, extensionUri, log } = this.#options;
    const { webview } = panel;
    this.#panel = panel;
    panel.iconPath = Uri.joinPath(extensionUri, 'media/icon.svg');
    const files = openPageFiles(webview, extensionUri, paths);
    const send = webview.postMessage.bind(webview);
    const page = new PersonalPage({
      engine: personal,
      desk,
      words: words(),
      kept,
      now: Date.now,
      // A hidden page is none: it gets everything when it is shown again.
      post: (message) => {
        if (panel.visible) send(message).then(undefined, (cause) => log.debug(errorText(cause)));
      },
    });
    const parts = Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => {
        if (isPageAction(message)) void page.receive(message);
        else log.warn('The "Personal style" page said something that it cannot say.');
      }),
      personal.onStatus((status) => page.statusChanged(status)),
      personal.onChange(() => void page.keptChanged()),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('hearth')) page.factsChanged();
      }),
      workspace.onDidChangeWorkspaceFolders(() => page.factsChanged()),
    );
    panel.onDidDispose(() => {
      parts.dispose();
      this.#panel = undefined;
    });
    webview.html = pageShell(files, l10n.t);
  }
}

function words(): Words {
  const dates = new Intl.DateTimeFormat(env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(env.language, { dateStyle: 'medium' });
  const names = new Map<string, string>();
  return {
    t: l10n.t,
    // Every extension is asked for it: once is enough.
    languageName: (languageId) => {
      const name = names.get(languageId) ?? languageName(languageId);
      names.set(languageId, name);
      return name;
    },
    date: (ms) => dates.format(ms),
    day: (ms) => days.format(ms),
  };
}
