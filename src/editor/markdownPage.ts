import { commands, Disposable, EventEmitter, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { errorText } from '../base/logger.ts';

/** A read-only page of Markdown that Hearth writes, under a scheme of its own: it is never sent to the engine. */
export class MarkdownPage implements Disposable {
  readonly #uri: Uri;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<Uri>();
  readonly #provider: Disposable;
  #text = '';

  constructor(scheme: string, log: LogOutputChannel) {
    this.#uri = Uri.from({ scheme, path: '/Hearth.md' });
    this.#log = log;
    this.#provider = workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#text,
    });
  }

  /** Shows `text`, rendered, in place of what the page said before. */
  async show(text: string): Promise<void> {
    this.#text = text;
    this.#changed.fire(this.#uri);
    try {
      await commands.executeCommand('markdown.showPreview', this.#uri);
    } catch (cause) {
      // VS Code's own Markdown extension can be switched off: then as text.
      this.#log.debug(`markdown.showPreview: ${errorText(cause)}`);
      await window.showTextDocument(this.#uri, { preview: true });
    }
  }

  dispose(): void {
    Disposable.from(this.#provider, this.#changed).dispose();
  }
}
