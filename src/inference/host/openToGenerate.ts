import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { errorText } from '../../base/logger.ts';
import type { AdapterUse } from '../generate.ts';
import { AdapterContexts, modelContext } from './adapterContexts.ts';
import { AdapterStacks } from './adapterStacks.ts';
import type { FimMarkers, FittingFormat, HostConfig } from './hostProtocol.ts';
import type { OpenedWork } from './hostWork.ts';
import { planContext, planStack, planThreads } from './plan.ts';
import { Session } from './session.ts';
import { ThreadPace } from './threadPace.ts';
import { readVocabulary } from './vocabulary.ts';

export type GeneratingLibrary = Pick<typeof import('node-llama-cpp'), 'TokenBias' | 'InsufficientMemoryError'>;

/** Opens the model to write and score: its own context at once, one per stack of adapters when it is asked for. */
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
  const stackPlan = planStack(plan, facts);
  const threads = new Threads(llama, planThreads(config.threads, llama.cpuMathCores, size));
  // Prefixes can only be reused from a cache that keeps all of them.
  const options = { threads: threads.most, swaFullCache: true };
  const creating = model.createContext({ ...plan, ...options });
  // Sorting a large vocabulary takes 100 ms, during which the context is created on another thread.
  const vocabulary = readVocabulary(model);
  const context = await creating;
  const contexts = new AdapterContexts({
    model,
    create: (adapters) =>
      threads.allDuring(() => model.createContext({ ...stackPlan, ...options, ...loraOf(adapters) })),
    isOutOfMemory: (cause) =>
      cause instanceof library.InsufficientMemoryError || /memory|alloc|create context/i.test(errorText(cause)),
  });
  const session = new Session({
    model,
    vocabulary,
    stacks: new AdapterStacks({ bare: modelContext(context), open: (adapters) => contexts.open(adapters) }),
    contextSize: context.contextSize,
    batchSize: context.batchSize,
    ...(config.threads === 0 && threads.most > 1 && model.gpuLayers === 0
      ? { threads: { pace: new ThreadPace(threads.most), use: (count) => threads.use(count) } }
      : {}),
    biasTowards: (tokens, logit) => new library.TokenBias(model.tokenizer).set([...tokens], { logit }),
  });
  return {
    work: { purpose: 'generate', session, fittingFormats: (formats) => fittingFormats(model, formats) },
    contextSize: context.contextSize,
  };
}

/** The adapters in node-llama-cpp's terms; with a smaller context than planned, requests would no longer fit. */
function loraOf(adapters: readonly AdapterUse[]) {
  const lora = { adapters: adapters.map(({ path, scale }) => ({ filePath: path, scale })) };
  return { lora, failedCreationRemedy: false } as const;
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
