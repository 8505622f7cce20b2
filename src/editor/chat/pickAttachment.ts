import { l10n, type QuickPickItem, window } from 'vscode';
import type { Mention } from '../../protocol/chatMessages.ts';
import { plainLine } from '../formats.ts';
import { NewestSearch } from '../newestSearch.ts';
import { attachmentOf } from './attachmentText.ts';
import { namesInFolder } from './namesInFolder.ts';

const typingRestMs = 120;

type Item = QuickPickItem & { readonly mention: Mention };

const always: readonly Mention[] = [
  { kind: 'selection' },
  { kind: 'problems' },
  { kind: 'codebase' },
  { kind: 'git', what: 'diff' },
  { kind: 'git', what: 'staged' },
  { kind: 'git', what: 'commit' },
  { kind: 'terminal' },
];

/** Lets the user choose something to show the model; files and folders come as they are typed. Undefined: nothing. */
export function pickAttachment(folder: string): Promise<Mention | undefined> {
  const picker = window.createQuickPick<Item>();
  picker.title = l10n.t('Add to Chat');
  picker.placeholder = l10n.t('Type the name of a file or folder');
  picker.items = always.map(itemOf);
  const names = namesInFolder(folder);
  const search = new NewestSearch<readonly Mention[]>({
    delayMs: typingRestMs,
    run: async (query) => {
      if (query === '') return always;
      const [files, folders] = await Promise.all([names.files(query), names.folders(query)]);
      return [
        ...files.map((path) => ({ kind: 'file', path }) as const),
        ...folders.map((path) => ({ kind: 'folder', path }) as const),
        ...always,
      ];
    },
    show: (mentions) => (picker.items = mentions.map(itemOf)),
    fail: () => (picker.items = always.map(itemOf)),
  });
  return new Promise((resolve) => {
    picker.onDidChangeValue((query) => search.ask(query.trim()));
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.mention);
      picker.hide();
    });
    picker.onDidHide(() => {
      search.cancel();
      picker.dispose();
      resolve(undefined);
    });
    picker.show();
  });
}

function itemOf(mention: Mention): Item {
  return { label: plainLine(attachmentOf(mention, l10n.t).label), mention };
}
