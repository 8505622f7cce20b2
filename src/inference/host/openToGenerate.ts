import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { errorText } from '../../base/logger.ts';
import type { AdapterUse, ChatFacts } from '../generate.ts';
import { ContextOpener, modelContext } from './contextOpener.ts';
import { Contexts } from './contexts.ts';
import type { FimMarkers, FittingFormat, HostConfig } from './hostProtocol.ts';
import type { OpenedWork } from './hostWork.ts';
import { type ContextPlan, planContext, planLongRoom, planStack, planThreads } from './plan.ts';
import { Session } from './session.ts';
import { ThreadPace } from './threadPace.ts';
import { readVocabulary } from './vocabulary.ts';
import { warmUp } from './warmUp.ts';

export type GeneratingLibrary = Pick<typeof import('node-llama-cpp'), 'TokenBias' | 'InsufficientMemoryError'>;

/** Opens the model to write and score: its short context at once, all others when they are asked for. */
export async function openToGenerate(
  library: GeneratingLibrary,
  llama: Llama,
  model: LlamaModel,
  config: HostConfig,
): Promise<OpenedWork> {
  const { size } = await stat(config.modelPath);
  const memoryBytes = model.gpuLayers > 0 ? (await llama.getVramState()).total : totalmem();
  const facts = { trainContextSize: model.trainContextSize, kvBytesPerToken: kvBytesPerToken(model), memoryBytes };
  const plan = planContext(config.level, facts);
  const longPlans = planLongRoom(config.level, facts);
  const threads = new Threads(llama, planThreads(config.threads, llama.cpuMathCores, size));
  // Prefixes can only be reused from a cache that keeps all of them.
  const options = { threads: threads.most, swaFullCache: true };
  const creating = model.createContext({ ...plan, ...options });
  // Sorting a large vocabulary takes 100 ms, during which the context is created on another thread.
  const vocabulary = readVocabulary(model);
  const context = await creating;
  const opener = new ContextOpener({
    model,
    plans: { short: [planStack(plan, facts)], long: longPlans },
    create: (contextPlan, { adapters, room }) => {
      const more = room === 'long' && model.gpuLayers === 0 ? longOnProcessor(contextPlan) : {};
      return threads.allDuring(() => model.createContext({ ...contextPlan, ...options, ...more, ...loraOf(adapters) }));
    },
    isOutOfMemory: (cause) =>
      cause instanceof library.InsufficientMemoryError || /memory|alloc|create context/i.test(errorText(cause)),
  });
  const session = new Session({
    model,
    vocabulary,
    contexts: new Contexts({ bare: modelContext(context), open: (kind) => opener.open(kind) }),
    contextSizes: { short: context.contextSize, long: longPlans[0].contextSize },
    batchSize: context.batchSize,
    ...(config.threads === 0 && threads.most > 1 && model.gpuLayers === 0
      ? { threads: { pace: new ThreadPace(threads.most), use: (count) => threads.use(count) } }
      : {}),
    biasTowards: (tokens, logit) => new library.TokenBias(model.tokenizer).set([...tokens], { logit }),
  });
  if (model.gpuLayers > 0) await warmUp(session, context.contextSize);
  return {
    work: { purpose: 'generate', session, fittingFormats: (formats) => fittingFormats(model, formats) },
    contextSize: context.contextSize,
    ...chatFacts(model, longPlans[0].contextSize),
  };
}

/** What the file says of chatting; nothing where it has no template. */
function chatFacts(model: LlamaModel, contextSize: number): { readonly chat?: ChatFacts } {
  const { chat_template: template, ggml } = model.fileInfo.metadata.tokenizer;
  if (typeof template !== 'string' || template === '') return {};
  const textOf = (token: number | undefined) => (token === undefined ? undefined : ggml.tokens[token]) ?? '';
  return {
    chat: { template, bos: textOf(ggml.bos_token_id), eos: textOf(ggml.eos_token_id), contextSize },
  };
}

/**
 * llama.cpp's flash attention reads a long KV cache slowly on processors: behind 4,500 tokens, a 0.5B model takes 88 ms
 * for a token with it and 43 ms without, for 16 tokens at once 870 and 470. Without it, a batch needs memory for its
 * attention to all of the context; slices of a chat's prompt are small on a processor, and so may batches be.
 */
function longOnProcessor({ batchSize }: ContextPlan) {
  return { flashAttention: false, batchSize: Math.min(batchSize, 128) } as const;
}

/** The adapters in node-llama-cpp's terms; smaller contexts than planned are opened by plan, not by its remedy. */
function loraOf(adapters: readonly AdapterUse[]) {
  const lora = { adapters: adapters.map(({ path, scale }) => ({ filePath: path, scale })) };
  return { ...(adapters.length === 0 ? {} : { lora }), failedCreationRemedy: false } as const;
}

/** How many threads llama.cpp may use now. */
class Threads {
  readonly most: number;
  readonly #llama: Llama;
  #opening = 0;

  constructor(llama: Llama, most: number) {
    this.#llama = llama;
    this.most = most;
    llama.maxThreads = most;
  }

  use(count: number): void {
    if (this.#opening === 0) this.#llama.maxThreads = count;
  }

  /** A context never uses more threads than were allowed when it was created. */
  async allDuring<T>(create: () => Promise<T>): Promise<T> {
    this.#opening++;
    this.#llama.maxThreads = this.most;
    try {
      return await create();
    } finally {
      this.#opening--;
    }
  }
}

function fittingFormats(model: LlamaModel, formats: readonly FimMarkers[]): FittingFormat[] {
  const isToken = (marker: string) => model.tokenize(marker, true).length === 1;
  return formats
    .filter(({ markers }) => markers.every(isToken))
    .map(({ name, end }) => ({ name, ...(end !== undefined && isToken(end) ? { end } : {}) }));
}

/** Keys and values of all layers, as 16-bit floats. */
function kvBytesPerToken(model: LlamaModel): number {
  const { block_count = 0, embedding_length = 0, attention } = model.fileInfo.architectureMetadata;
  const heads = meanOf(attention?.head_count) || 1;
  const kvHeads = meanOf(attention?.head_count_kv) || heads;
  const headSize = embedding_length / heads;
  const keySize = attention?.key_length ?? headSize;
  const valueSize = attention?.value_length ?? headSize;
  return block_count * kvHeads * (keySize + valueSize) * 2;
}

function meanOf(value: number | readonly number[] | undefined): number {
  if (value === undefined || typeof value === 'number') return value ?? 0;
  return value.reduce((sum, each) => sum + each, 0) / Math.max(1, value.length);
}
