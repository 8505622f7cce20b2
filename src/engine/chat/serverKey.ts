import type { Connection } from 'vscode-languageserver';
import { delay } from '../../base/aborts.ts';
import { ChatMessage, type ServerKeyQuery } from '../../protocol/chatMessages.ts';

/** A client that never answers keeps no keys either. */
const patienceMs = 10_000;

/** Asks the client for the key that the user keeps for a server. What it gets is used once and kept nowhere. */
export function keyFromClient(connection: Connection): (origin: string) => Promise<string | undefined> {
  return async (origin) => {
    const query: ServerKeyQuery = { origin };
    const given = async (): Promise<unknown> => connection.sendRequest(ChatMessage.serverKey, query);
    // Not every client knows the question.
    const key = await Promise.race([given().catch(() => undefined), delay(patienceMs)]);
    // Visible ASCII, as a header takes it.
    return typeof key === 'string' && /^[!-~]+$/.test(key) ? key : undefined;
  };
}
