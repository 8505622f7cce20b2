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
