import { setTimeout as delay } from 'node:timers/promises';
import { answerJson, ScriptedServer } from './unit/inference/server/scriptedServer.ts';

interface Message {
  readonly role: string;
  readonly content: string;
}

/** What it answers to what it is asked; waits as long as it likes. */
export type Answer = string | ((messages: readonly Message[]) => string | Promise<string>);

/**
 * A double of a model, behind an OpenAI-compatible server: no model that is small enough for a test writes an edit that
 * makes sense. Everything between the engine and its socket is real. Answers are given in order, the last again and again.
 */
export class ScriptedModel implements AsyncDisposable {
  readonly url: string;
  /** The messages of each question. */
  readonly asked: (readonly Message[])[] = [];
  answers: readonly Answer[] = [];
  #given = 0;
  readonly #server: ScriptedServer;

  private constructor(server: ScriptedServer) {
    this.#server = server;
    this.url = server.url;
  }

  static async start(): Promise<ScriptedModel> {
    const model: { now?: ScriptedModel } = {};
    const server = await ScriptedServer.start(async ({ url, body }, response) => {
      if (url === '/v1/models')
        return answerJson(response, {
          object: 'list',
          data: [{ id: 'scripted', owned_by: 'vllm', max_model_len: 8192 }],
        });
      if (url !== '/v1/chat/completions') return answerJson(response, { error: { message: 'Not Found' } }, 404);
      const { messages }: { readonly messages: readonly Message[] } = JSON.parse(body);
      const text = (await model.now?.answer(messages)) ?? '';
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      // In pieces, as a model writes.
      for (const piece of text.match(/[^]{1,40}/g) ?? []) {
        if (response.destroyed) return undefined;
        response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: piece } }] })}\n\n`);
        await delay(2);
      }
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`);
      return response.end('data: [DONE]\n\n');
    });
    model.now = new ScriptedModel(server);
    return model.now;
  }

  /** Forgets what it was asked, and answers so from now on. */
  script(...answers: readonly Answer[]): void {
    this.answers = answers;
    this.asked.length = 0;
    this.#given = 0;
  }

  async answer(messages: readonly Message[]): Promise<string> {
    this.asked.push(messages);
    const answer = this.answers[Math.min(this.#given++, this.answers.length - 1)] ?? '';
    return typeof answer === 'string' ? answer : await answer(messages);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server[Symbol.asyncDispose]();
  }
}

/** A search/replace block, as prompts ask for it. */
export function searchReplace(path: string, search: string, replace: string): string {
  return `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
}
