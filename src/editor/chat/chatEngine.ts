import type { ChatClient } from './chatClient.ts';

/** The engine as the view needs it. */
export type ChatEngine = Omit<ChatClient, 'onBegan' | 'onDelta' | 'receive' | 'dispose'>;
