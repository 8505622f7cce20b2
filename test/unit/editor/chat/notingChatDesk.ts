import type { ChatDesk } from '../../../../src/editor/chat/chatDesk.ts';
import { folder } from './recordedChat.ts';

/** A double of VS Code: notes what it is asked for. */
export function notingChatDesk(notes: string[], more: Partial<ChatDesk> = {}): ChatDesk {
  const note = async (text: string) => void notes.push(text);
  return {
    folder: () => folder,
    editor: () => ({ uri: `${folder}/src/cart.ts`, languageId: 'typescript' }),
    terminal: () => '$ npm test\nfailed',
    names: () => ({
      files: async (query) => ['src/cart.ts', 'src/café menu.ts'].filter((path) => path.includes(query)),
      folders: async () => ['src'],
      symbols: async () => [{ name: 'total', place: 'src/cart.ts' }],
    }),
    pickAttachment: async () => ({ kind: 'codebase' }),
    mentionsOf: async (uris) => ({ mentions: uris.map((path) => ({ kind: 'file', path }) as const), outside: 0 }),
    openPlace: (uri, startLine, endLine) => note(`open ${uri} ${startLine}-${endLine}`),
    copy: (text) => note(`copy ${text}`),
    insert: (text) => note(`insert ${text}`),
    apply: (answer) => note(`apply ${JSON.stringify(answer)}`),
    askTitle: async (now) => `${now}, renamed`,
    confirmDeletion: async (title) => notes.push(`confirm ${title ?? 'all'}`) > 0,
    saveExport: (title, markdown) => note(`export ${title}: ${markdown}`),
    kept: () => undefined,
    keep: (conversation) => void notes.push(`keep ${conversation?.id ?? 'none'}`),
    run: (command, ...args) => note([command, ...args].join(' ')),
    fail: (cause) => void notes.push(`failed ${String(cause)}`),
    ...more,
  };
}
