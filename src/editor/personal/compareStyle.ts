import {
  commands,
  Disposable,
  l10n,
  languages,
  type LogOutputChannel,
  type Position,
  Range,
  TabInputTextDiff,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { registerCommand } from '../command.ts';
import { focusedDocument } from '../focusedDocument.ts';
import type { PersonalClient } from './personalClient.ts';

/** A scheme of its own: what is compared is never sent to the engine again. */
const scheme = 'hearth-compare';
const sides = ['without', 'with'] as const;

/** Shows what would be written at the cursor without and with the personal style, as a read-only diff. */
export function offerComparison(personal: PersonalClient, log: LogOutputChannel): Disposable {
  const texts = new Map<string, string>();
  let comparisons = 0;
  return Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed)
        if (input instanceof TabInputTextDiff)
          for (const uri of [input.original, input.modified]) texts.delete(uri.toString());
    }),
    registerCommand('hearth.compareStyle', log, async () => {
      const document = focusedDocument();
      const cursor = window.activeTextEditor?.selection.active;
      if (!document || !cursor) {
        void window.showInformationMessage(
          l10n.t('Put the cursor where something is to be completed, then compare again.'),
        );
        return;
      }
      const written = await personal.compare({
        uri: document.uri.toString(),
        position: { line: cursor.line, character: cursor.character },
      });
      if (written.without === written.with) {
        void window.showInformationMessage(
          written.with === ''
            ? l10n.t('Nothing is completed here, with or without your personal style.')
            : l10n.t('Your personal style makes no difference here.'),
        );
        return;
      }
      const number = ++comparisons;
      const uris = sides.map((side) => {
        const uri = Uri.from({ scheme, path: `/${side}/${nameOf(document)}`, query: String(number) });
        texts.set(uri.toString(), textWith(document, cursor, written[side]));
        return uri;
      });
      for (const uri of uris) {
        const side = await workspace.openTextDocument(uri);
        await languages.setTextDocumentLanguage(side, document.languageId);
      }
      const title = l10n.t('{0}: without ↔ with personal style', nameOf(document));
      const selection = new Range(cursor, cursor);
      await commands.executeCommand('vscode.diff', ...uris, title, { preview: true, selection });
    }),
  );
}

function nameOf({ uri }: TextDocument): string {
  return uri.path.split('/').at(-1) ?? '';
}

function textWith(document: TextDocument, cursor: Position, completion: string): string {
  const text = document.getText();
  const offset = document.offsetAt(cursor);
  return text.slice(0, offset) + completion + text.slice(offset);
}
