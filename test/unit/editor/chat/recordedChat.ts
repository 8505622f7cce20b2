import type {
  ChatTurn,
  ContextItem,
  Conversation,
  ConversationSummary,
  PromptContents,
} from '../../../../src/protocol/chatMessages.ts';

export const folder = 'file:///home/mina/atlas';

export function question(id: string, parent: string | null, text: string, more: Partial<ChatTurn> = {}): ChatTurn {
  return { id, role: 'user', text, atMs: 1, parent, ...more };
}

export function answer(id: string, parent: string, text: string, more: Partial<ChatTurn> = {}): ChatTurn {
  return { id, role: 'assistant', text, atMs: 2, parent, ...more };
}

export function conversation(turns: readonly ChatTurn[], more: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    folder,
    title: 'Loops',
    createdMs: 1,
    changedMs: 2,
    turns,
    head: turns.at(-1)?.id ?? null,
    ...more,
  };
}

export function summary(of: Conversation): ConversationSummary {
  const { head: _, ...rest } = of;
  return { ...rest, turns: of.turns.length };
}

/** As many turns as asked for, in one branch. */
export function longConversation(count: number): Conversation {
  const turns: ChatTurn[] = [];
  for (let at = 0; at < count; at++) {
    const parent = turns.at(-1)?.id ?? null;
    turns.push(
      at % 2 === 0 ? question(`t${at}`, parent, `Question ${at}`) : answer(`t${at}`, parent ?? '', `Answer ${at}`),
    );
  }
  return conversation(turns);
}

export const fileItem: ContextItem = {
  kind: 'file',
  label: 'src/cart.ts',
  path: 'src/cart.ts',
  uri: `${folder}/src/cart.ts`,
  startLine: 1,
  endLine: 3,
  text: 'export function total() {\n  return 0;\n}\n',
  tokens: 18,
};

export const prompt: PromptContents = {
  items: [fileItem],
  leftOut: { earlierTurns: 0, items: [], questionLines: 0 },
  promptTokens: 320,
  budgetTokens: 4096,
  problems: [],
  answeredBy: { kind: 'local', name: 'Qwen2.5 Coder 3B' },
};

/** A question with two answers: everything that an answer can consist of is in the second one. */
export const asked = question('q1', null, 'Why does the loop never end?', { context: [fileItem] });
export const code = '```ts src/cart.ts\nexport const total = (items: Item[]) => items.length; // all\n```\n';
export const written = `It **never** ends, see src/cart.ts:3.\n\n${code}\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`;
const at = written.indexOf('src/cart.ts:3');
const citations = [{ start: at, end: at + 13, uri: `${folder}/src/cart.ts`, startLine: 3, endLine: 3 }];
export const talk = conversation([
  asked,
  answer('a1', 'q1', 'Because.', { answeredBy: { kind: 'local', name: 'Qwen2.5 Coder 3B', tokensPerSecond: 24.2 } }),
  answer('a2', 'q1', written, { citations, answeredBy: { kind: 'server', name: 'llama-server' } }),
]);
