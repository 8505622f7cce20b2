import { Disposable, window } from 'vscode';
import { withoutControls } from './withoutControls.ts';

/** The end of what a command printed says the most. */
const maxCharacters = 20_000;

/**
 * Keeps, in memory alone, the last command of the terminals with what it printed, for who asks about `@terminal`. VS Code
 * tells it where its shell integration works.
 */
export class TerminalText implements Disposable {
  readonly #listener: Disposable;
  #last: string | undefined;

  constructor() {
    this.#listener = window.onDidStartTerminalShellExecution(({ execution }) => {
      void this.#follow(execution.commandLine.value, execution.read());
    });
  }

  /** Undefined before the first command. */
  get last(): string | undefined {
    return this.#last;
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #follow(command: string, output: AsyncIterable<string>): Promise<void> {
    const head = `$ ${command}\n`;
    let printed = '';
    this.#last = head;
    const isNewest = () => this.#last?.startsWith(head) ?? false;
    for await (const data of output) {
      printed = (printed + data).slice(-maxCharacters);
      if (isNewest()) this.#last = head + withoutControls(printed);
    }
  }
}
