import type {
  ChatBegan,
  ChatDelta,
  ChatTurn,
  CommandList,
  Conversation,
  ConversationPage,
  PromptContents,
  SendChat,
} from '../../../../src/protocol/chatMessages.ts';
import type { ChatEngine } from '../../../../src/editor/chat/chatEngine.ts';
import { conversation, prompt } from './recordedChat.ts';

/** A double of the engine, because what is tested is what the view makes of an answer: it says what it is told to say. */
export interface RecordedChatEngine extends ChatEngine {
  /** What it was asked, but for previews. */
  readonly asked: [string, unknown][];
  readonly previewed: SendChat[];
  conversationNow: Conversation;
  pageNow: ConversationPage;
  promptNow: PromptContents;
  commandsNow: CommandList;
  /** Answers the question under way. */
  answer(turn: ChatTurn): void;
  /** It is gone while it answers. */
  crash(): void;
}

export function recordedChatEngine(): RecordedChatEngine {
  const asked: RecordedChatEngine['asked'] = [];
  let waiting: { readonly resolve: (turn: ChatTurn) => void; readonly reject: (cause: Error) => void } | undefined;
  const note = <T>(what: string, params: unknown, result: T): Promise<T> => {
    asked.push([what, params]);
    return Promise.resolve(result);
  };
  const engine: RecordedChatEngine = {
    asked,
    previewed: [],
    conversationNow: conversation([]),
    pageNow: { conversations: [] },
    promptNow: prompt,
    commandsNow: { commands: [{ name: 'explain', source: 'builtIn', description: '-' }], problems: [] },
    answer: (turn) => waiting?.resolve(turn),
    crash: () => waiting?.reject(new Error('The connection to the engine closed.')),
    send: (params) => {
      asked.push(['send', params]);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    stop: (params) => note('stop', params, undefined),
    preview: (params) => {
      engine.previewed.push(params);
      return Promise.resolve(engine.promptNow);
    },
    commands: () => Promise.resolve(engine.commandsNow),
    list: (params) => note('list', params, engine.pageNow),
    open: (params) => note('open', params, engine.conversationNow),
    choose: (params) => note('choose', params, engine.conversationNow),
    rename: (params) => note('rename', params, undefined),
    delete: (params) => note('delete', params, undefined),
    deleteAll: (params) => note('deleteAll', params, undefined),
    export: (params) => note('export', params, { markdown: '# Loops\n' }),
  };
  return engine;
}

export function began(of: Conversation, question: ChatTurn, answer: string): ChatBegan {
  const { head: _, ...rest } = of;
  return { conversation: { ...rest, turns: of.turns.length }, question, answer };
}

export function delta(turn: string, text: string, more: Partial<ChatDelta> = {}): ChatDelta {
  return { conversation: 'c1', turn, text, ...more };
}
