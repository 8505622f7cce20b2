import type { Generate, Sample, Stack } from './tools.ts';

/** As `completion/draft.ts` has them: what one line and one block may take. */
const maxLineTokens = 32;
const maxBlockTokens = 160;

/**
 * What the model writes at a place, greedily, as far as it can be held against what the user wrote there: to the end of the
 * line when the user wrote one line, else as many lines as the user did. White space at its end is cut off.
 */
export async function write(
  { prompt, typed, text: wanted }: Sample,
  adapters: Stack,
  generate: Generate,
  signal: AbortSignal,
): Promise<string> {
  const lines = wanted.trimEnd().split('\n').length;
  const request = {
    prompt,
    typed,
    maxTokens: lines === 1 ? maxLineTokens : maxBlockTokens,
    stop: lines === 1 ? ['\n'] : [],
    temperature: 0,
    priority: 'background',
    adapters,
  } as const;
  let text = '';
  // Leaving the loop stops the model.
  for await (const chunk of generate(request, signal)) {
    text += chunk.text;
    if (text.split('\n').length > lines) break;
  }
  signal.throwIfAborted();
  return text.split('\n', lines).join('\n').trimEnd();
}
