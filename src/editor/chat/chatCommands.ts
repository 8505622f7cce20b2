import { Disposable, type LogOutputChannel, Uri, window } from 'vscode';
import { registerCommand } from '../command.ts';
import type { GivenQuestion } from './chatPage.ts';
import type { ChatView } from './chatView.ts';
import { editorState } from './editorState.ts';
import { mentionOf } from './vscodeChatDesk.ts';

/** Commands of VS Code's palette, menus and keys that lead into the chat. */
export function offerChatCommands(view: ChatView, log: LogOutputChannel): Disposable {
  const { page } = view;
  const give = async (question: GivenQuestion) => {
    await view.show();
    await page.give(question);
  };
  const about = (command: string) => () => give({ text: `/${command} `, ...aboutEditor() });
  return Disposable.from(
    registerCommand('hearth.chat.new', log, async () => {
      await view.show();
      page.newChat();
    }),
    registerCommand('hearth.chat.history', log, async () => {
      await view.show();
      await page.showHistory();
    }),
    registerCommand('hearth.chat.export', log, () => page.export()),
    registerCommand('hearth.chat.stop', log, () => page.stop()),
    registerCommand('hearth.chat.addSelection', log, () => give(aboutEditor())),
    registerCommand('hearth.chat.addFile', log, (uri, uris) => addFiles(uri, uris, view, give)),
    registerCommand('hearth.chat.explain', log, about('explain')),
    registerCommand('hearth.chat.review', log, about('review')),
    // For code actions: a question as they make it.
    registerCommand('hearth.chat.ask', log, (question) => give(isQuestion(question) ? question : {})),
  );
}

/** What is selected, or the whole file where nothing is. */
function aboutEditor(): GivenQuestion {
  const editor = editorState();
  return editor.uri === undefined ? {} : { attachments: [{ kind: 'selection' }], editor };
}

/** The explorer hands over the file that was clicked, and all that are selected; the palette nothing. */
async function addFiles(
  clicked: unknown,
  selected: unknown,
  { page }: ChatView,
  give: (question: GivenQuestion) => Promise<void>,
): Promise<void> {
  const front = window.activeTextEditor?.document.uri;
  const uris = Array.isArray(selected) ? selected : [clicked ?? front];
  const files = uris.filter((each): each is Uri => each instanceof Uri);
  const found = await Promise.all(files.map((uri) => mentionOf(uri, page.folder)));
  await give({ attachments: found.filter((mention) => mention !== undefined) });
}

function isQuestion(question: unknown): question is GivenQuestion {
  return typeof question === 'object' && question !== null;
}
