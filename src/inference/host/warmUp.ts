import type { Session } from './session.ts';
import { codeSample } from './codeSample.ts';

const never = new AbortController().signal;

/**
 * Reads a short and a long prompt, and writes a few tokens. The driver of a GPU compiles its programs when they are first
 * used: on an H100 with Vulkan a first prompt took 7 to 10 s, the next one 10 to 20 ms. Nobody who has just typed should
 * wait for that; and a driver that dies of it does so while the model is loading, when a smaller plan follows.
 *
 * @param contextSize tokens
 */
export async function warmUp(session: Pick<Session, 'generate'>, contextSize: number): Promise<void> {
  // Of the most that some tokenizer makes of it, one for each character.
  for (const text of [codeSample.slice(0, 80), codeSample.repeat(3).slice(-contextSize / 2)])
    await session.generate(
      { prompt: [{ text }], typed: '', maxTokens: 4, stop: [], temperature: 0, priority: 'typing' },
      () => {},
      never,
    );
}
