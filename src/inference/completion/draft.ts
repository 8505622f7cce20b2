import type { Syntax } from '../../syntax/syntax.ts';
import type { AdapterUse, Generate, GenerateChunk, GenerateStats, Priority } from '../generate.ts';
import { trimBlock } from './blocks/trimBlock.ts';
import type { Drafted } from './completionCache.ts';
import type { Layout } from './layouts.ts';
import type { Situation } from './situation.ts';

/** One line of code is seldom longer; what is longer is seldom right. */
const maxLineTokens = 32;
const maxBlockTokens = 160;

export interface DraftRequest extends Layout {
  readonly situation: Situation;
  readonly extent: 'line' | 'block';
  readonly temperature: number;
  readonly seed?: number;
  readonly priority: Exclude<Priority, 'chat'>;
  readonly origin: Drafted['origin'];
  readonly adapters: readonly AdapterUse[];
}

export interface DraftTools {
  readonly generate: Generate;
  readonly syntax: Syntax;
  /** Called with all text so far, at each chunk. */
  readonly onText: (text: string) => void;
  /** Called when the model ended by itself; a generation left early has no statistics. */
  readonly onStats: (stats: GenerateStats) => void;
}

/** Asks the model once and stops it as soon as the line or the block is complete. */
export async function draft(request: DraftRequest, tools: DraftTools, signal: AbortSignal): Promise<Drafted> {
  const startsBelow = request.extent === 'line' && /[{([:]\s*$/.test(request.situation.lineLeft);
  const stream = tools.generate(
    {
      prompt: request.prompt,
      typed: request.typed,
      maxTokens: request.extent === 'line' ? maxLineTokens : maxBlockTokens,
      stop: request.extent === 'line' && !startsBelow ? ['\n'] : [],
      temperature: request.temperature,
      ...(request.seed === undefined ? {} : { seed: request.seed }),
      priority: request.priority,
      adapters: request.adapters,
    },
    signal,
  );
  const measure = measureOf();
  const drafted = (text: string, multiline: boolean): Drafted => ({
    text,
    multiline,
    meanLogProbability: measure.mean(),
    origin: request.origin,
    snippets: request.snippets,
  });
  let text = '';
  for (;;) {
    const next = await stream.next();
    if (next.done === true) {
      tools.onStats(next.value);
      if (request.extent === 'line') return drafted(next.value.end === 'length' ? wholeWords(text) : text, false);
      const block = await trimBlock(tools.syntax, request.situation, text);
      // Nothing of it makes a whole yet: its first line may still be of use.
      return block.text === '' ? drafted(lineEnd(`${text}\n`) ?? '', false) : drafted(block.text, true);
    }
    measure.add(next.value);
    text += next.value.text;
    tools.onText(text);
    if (!next.value.text.includes('\n')) continue;
    const whole = request.extent === 'block' ? await blockEnd(text, request, tools.syntax) : lineEnd(text);
    if (whole === undefined) continue;
    await stream.return(noStats);
    return drafted(whole, request.extent === 'block');
  }
}

/** The first line with something on it, once it is complete. */
function lineEnd(text: string): string | undefined {
  const end = text.search(/(?<=\S[^\n]*)\n/);
  return end < 0 ? undefined : text.slice(0, end);
}

async function blockEnd(text: string, request: DraftRequest, syntax: Syntax): Promise<string | undefined> {
  const block = await trimBlock(syntax, request.situation, text);
  return block.complete ? block.text : undefined;
}

/** A line that was cut at the token limit ends with its last whole word. */
function wholeWords(text: string): string {
  return text.replace(/[\p{L}\p{N}_$]+$/u, '');
}

function measureOf() {
  let logProbability = 0;
  let tokens = 0;
  return {
    add(chunk: GenerateChunk): void {
      logProbability += chunk.logProbability;
      tokens += chunk.tokens;
    },
    mean: (): number => (tokens === 0 ? 0 : logProbability / tokens),
  };
}

const noStats: GenerateStats = {
  promptTokens: 0,
  reusedTokens: 0,
  generatedTokens: 0,
  prefillMs: 0,
  decodeMs: 0,
  end: 'stop',
};
