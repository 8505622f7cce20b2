import { stat } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { errorText } from '../../base/logger.ts';
import { EmbeddingSession } from './embeddingSession.ts';
import type { FimMarkers, HostConfig, LoadFailure, LoadResult } from './hostProtocol.ts';
import { planContext, planGpuLayers, planThreads, planWholeTextContext } from './plan.ts';
import { RankingSession } from './rankingSession.ts';
import { Session, type SessionParts } from './session.ts';
import { ThreadPace } from './threadPace.ts';
import { readVocabulary } from './vocabulary.ts';

/** The parts of node-llama-cpp that hold values; only the host's entry imports them. */
export type LlamaLibrary = Pick<
  typeof import('node-llama-cpp'),
  'getLlama' | 'LlamaLogLevel' | 'TokenBias' | 'InsufficientMemoryError' | 'NoBinaryFoundError' | 'readGgufFileInfo'
>;

export type LoadedHost =
  | { readonly result: Extract<LoadResult, { ok: false }> }
  | {
      readonly result: Extract<LoadResult, { ok: true }>;
      readonly work: HostWork;
    };

/** What the model was loaded for. */
export type HostWork =
  | {
      readonly purpose: 'generate';
      readonly session: Session;
      fittingFormats(formats: readonly FimMarkers[]): string[];
    }
  | { readonly purpose: 'embed'; readonly session: EmbeddingSession }
  | { readonly purpose: 'rank'; readonly session: RankingSession };

/** The part of the answer that depends on the purpose. */
interface Opened {
  readonly work: HostWork;
  readonly contextSize: number;
  readonly dimensions?: number;
}

/** Tokens that an encoder wants around a text: its beginning, its end and a separator. */
const framingTokens = 4;

const maxLogBytes = 500_000;

/** Loads the model as large as its plan allows. Failures are results, not exceptions: every client is told. */
export async function loadModel(library: LlamaLibrary, config: HostConfig): Promise<LoadedHost> {
  try {
    return await load(library, config);
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
    return { result: { ok: false, failure: await failureOf(library, config, cause) } };
  }
}

async function load(library: LlamaLibrary, config: HostConfig): Promise<LoadedHost> {
  const llama = await library.getLlama({
    gpu: config.gpu === 'off' ? false : 'auto',
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: library.LlamaLogLevel.warn,
    logger: boundedLog(),
  });
  const { modelPath } = config;
  const model = await llama.loadModel({ modelPath, gpuLayers: await gpuLayers(library, llama, config) });
  const { work, ...opened } = await open(library, llama, model, config);
  return {
    work,
    result: {
      ok: true,
      pid: process.pid,
      model: {
        architecture: model.architecture,
        ...opened,
        charactersPerToken: codeSample.length / model.tokenize(codeSample, false).length,
        device: model.gpuLayers > 0 ? `${llama.gpu} ${model.gpuLayers}/${model.fileInsights.totalLayers}` : 'cpu',
      },
    },
  };
}

async function open(library: LlamaLibrary, llama: Llama, model: LlamaModel, config: HostConfig): Promise<Opened> {
  if (config.purpose === 'generate') return openToGenerate(library, llama, model, config);
  const threads = config.threads > 0 ? config.threads : Math.max(1, llama.cpuMathCores);
  llama.maxThreads = threads;
  const options = { ...planWholeTextContext(model.trainContextSize), threads };
  if (config.purpose === 'rank') {
    const context = await model.createRankingContext(options);
    const session = new RankingSession({ model, context });
    return { work: { purpose: 'rank', session }, contextSize: context.contextSize };
  }
  const context = await model.createEmbeddingContext(options);
  const maxTokens = options.contextSize - framingTokens;
  const session = await EmbeddingSession.open({
    tokenize: (text) => model.tokenize(text, false),
    vectorOf: async (tokens) => (await context.getEmbeddingFor([...tokens])).vector,
    maxTokens,
  });
  return { work: { purpose: 'embed', session }, contextSize: maxTokens, dimensions: session.dimensions };
}

async function openToGenerate(
  library: LlamaLibrary,
  llama: Llama,
  model: LlamaModel,
  config: HostConfig,
): Promise<Opened> {
  const { size } = await stat(config.modelPath);
  const memoryBytes = model.gpuLayers > 0 ? (await llama.getVramState()).total : totalmem();
  const facts = { trainContextSize: model.trainContextSize, kvBytesPerToken: kvBytesPerToken(model), memoryBytes };
  const plan = planContext(config.level, facts);
  const threads = planThreads(config.threads, llama.cpuMathCores, size);
  llama.maxThreads = threads;
  const creating = model.createContext({
    ...plan,
    threads,
    // Prefixes can only be reused from a cache that keeps all of them.
    swaFullCache: true,
  });
  // Sorting a large vocabulary takes 100 ms, during which the context is created on another thread.
  const vocabulary = readVocabulary(model);
  const context = await creating;
  const session = new Session({
    model,
    vocabulary,
    sequences: Array.from({ length: plan.sequences }, () => context.getSequence()),
    contextSize: context.contextSize,
    batchSize: context.batchSize,
    ...(config.threads === 0 && threads > 1 && model.gpuLayers === 0
      ? { threads: adaptiveThreads(llama, threads) }
      : {}),
    biasTowards: (tokens, logit) => new library.TokenBias(model.tokenizer).set([...tokens], { logit }),
  });
  return {
    work: {
      purpose: 'generate',
      session,
      fittingFormats: (formats) =>
        formats
          .filter(({ markers }) => markers.every((marker) => model.tokenize(marker, true).length === 1))
          .map(({ name }) => name),
    },
    contextSize: context.contextSize,
  };
}

/** Writes llama.cpp's warnings to the host's log, until they are too many to be of use. */
function boundedLog(): (level: string, message: string) => void {
  let bytes = 0;
  return (level, message) => {
    bytes += message.length;
    if (bytes < maxLogBytes) process.stderr.write(`[${level}] ${message.trimEnd()}\n`);
  };
}

function adaptiveThreads(llama: Llama, maxThreads: number): NonNullable<SessionParts['threads']> {
  return { pace: new ThreadPace(maxThreads), use: (threads) => (llama.maxThreads = threads) };
}

async function gpuLayers(library: LlamaLibrary, llama: Llama, config: HostConfig): Promise<'auto' | number> {
  if (llama.gpu === false) return 0;
  if (planGpuLayers(config.level, 0) === 'auto') return 'auto';
  const { architectureMetadata } = await library.readGgufFileInfo(config.modelPath);
  // The output layer counts as one.
  return planGpuLayers(config.level, (architectureMetadata.block_count ?? 0) + 1);
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

async function failureOf(library: LlamaLibrary, config: HostConfig, cause: unknown): Promise<LoadFailure> {
  const reason = errorText(cause).split('\n', 1)[0] ?? '';
  if (cause instanceof library.NoBinaryFoundError) return { kind: 'unsupported', reason };
  if (cause instanceof library.InsufficientMemoryError || /memory|alloc/i.test(reason)) {
    const size = await stat(config.modelPath).then(
      (found) => found.size,
      () => 0,
    );
    return { kind: 'outOfMemory', needBytes: size, freeBytes: freemem() };
  }
  return { kind: 'failed', reason };
}

/** What charactersPerToken is measured on. */
const codeSample = `import { readFile } from 'node:fs/promises';

/** Reads a JSON file; undefined when there is none. */
export async function readJson(path: string): Promise<unknown> {
  try {
    const text = await readFile(path, 'utf8');
    return text.length > 0 ? JSON.parse(text) : undefined;
  } catch (error) {
    if (error instanceof Error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

class Counter:
    def __init__(self, start=0):
        self.count = start

    def increment(self, by: int = 1) -> int:
        for i in range(by):
            self.count += 1
        return self.count
`;
