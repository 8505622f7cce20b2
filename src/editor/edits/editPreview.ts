import { commands, Disposable, l10n, type LogOutputChannel, type Tab, Uri, window, workspace } from 'vscode';
import type { EditPlanView, PlannedFileView } from '../../protocol/editMessages.ts';
import { registerCommand } from '../command.ts';
import { visibleName } from './visibleCode.ts';

/** A scheme of its own: what is shown is never sent to the engine. */
const scheme = 'hearth-edit';
const contextKey = 'hearth.editsPreview';

interface Shown {
  readonly title: string;
  readonly settle: (isWanted: boolean) => void;
}

/** Shows what a plan would change in VS Code's multi-file diff, and asks. One at a time: a newer one takes its place. */
export class EditPreview implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registered: Disposable;
  #shown: Shown | undefined;

  constructor(log: LogOutputChannel) {
    this.#registered = Disposable.from(
      workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
      // A tab of several diffs says nothing but its title.
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some((tab) => isOf(tab, this.#shown?.title))) this.#settle(false);
      }),
      registerCommand('hearth.applyEdits', log, () => this.#settle(true)),
      registerCommand('hearth.discardEdits', log, () => this.#settle(false)),
    );
  }

  /** Resolves to whether the user wants it: by button, command or closing the tab. */
  async ask(view: EditPlanView): Promise<boolean> {
    this.#settle(false);
    const title = nextTitle();
    const wanted = new Promise<boolean>((resolve) => {
      this.#shown = { title, settle: resolve };
    });
    await commands.executeCommand(
      'vscode.changes',
      title,
      view.files.map((file) => this.#sidesOf(view.id, file)),
    );
    await commands.executeCommand('setContext', contextKey, true);
    void this.#askBeside(view, title);
    const isWanted = await wanted;
    await this.#close(title);
    return isWanted;
  }

  dispose(): void {
    this.#settle(false);
    this.#registered.dispose();
  }

  /** The same question as a message, for those who do not look at the title bar. */
  async #askBeside(view: EditPlanView, title: string): Promise<void> {
    const apply = l10n.t('Apply');
    const discard = l10n.t('Discard');
    const chosen = await window.showInformationMessage(questionFor(view), apply, discard);
    if (chosen !== undefined && this.#shown?.title === title) this.#settle(chosen === apply);
  }

  #settle(isWanted: boolean): void {
    const shown = this.#shown;
    this.#shown = undefined;
    shown?.settle(isWanted);
  }

  async #close(title: string): Promise<void> {
    this.#texts.clear();
    if (this.#shown === undefined) await commands.executeCommand('setContext', contextKey, false);
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => isOf(tab, title));
    if (tabs.length > 0) await window.tabGroups.close(tabs);
  }

  /** Label, left and right, as `vscode.changes` wants them; a side that does not exist is undefined. */
  #sidesOf(plan: string, { uri, path, to, before, after }: PlannedFileView): readonly (Uri | undefined)[] {
    const side = (name: 'before' | 'after', inside: string, text: string | undefined) => {
      if (text === undefined) return undefined;
      const shown = Uri.from({ scheme, path: `/${inside}`, query: `${plan}-${name}` });
      this.#texts.set(shown.toString(), text);
      return shown;
    };
    return [Uri.parse(to?.uri ?? uri, true), side('before', path, before), side('after', to?.path ?? path, after)];
  }
}

let previews = 0;

/** No two are alike: the tab is known by it. */
function nextTitle(): string {
  return l10n.t('Hearth: Proposed Change {0}', ++previews);
}

/** VS Code puts the number of files behind the title. */
function isOf({ label }: Tab, title: string | undefined): boolean {
  return title !== undefined && (label === title || label.startsWith(`${title} (`));
}

function questionFor({ files }: EditPlanView): string {
  const names = files.map(({ path }) => visibleName(path)).join(', ');
  const warned = files.filter(({ breaks, drops }) => breaks === true || drops === true);
  if (warned.length === 0) return l10n.t('Apply the proposed change? Files: {0}', names);
  return l10n.t(
    'Apply the proposed change? Files: {0}. Look closely: {1} would lose most of its lines, or could not be parsed any more.',
    names,
    warned.map(({ path }) => visibleName(path)).join(', '),
  );
}
