import { stat } from 'node:fs/promises';
import { freemem } from 'node:os';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { errorText } from '../../base/logger.ts';
import { codeSample } from './codeSample.ts';
import { EmbeddingSession } from './embeddingSession.ts';
import type { HostConfig, LoadFailure, LoadResult } from './hostProtocol.ts';
import type { HostWork, OpenedWork } from './hostWork.ts';
import { type GeneratingLibrary, openToGenerate } from './openToGenerate.ts';
import { planGpuLayers, planWholeTextContext } from './plan.ts';
import { RankingSession } from './rankingSession.ts';

/** The parts of node-llama-cpp that hold values; only the host's entry imports them. */
export type LlamaLibrary = GeneratingLibrary &
  Pick<typeof import('node-llama-cpp'), 'getLlama' | 'LlamaLogLevel' | 'NoBinaryFoundError' | 'readGgufFileInfo'>;

export type LoadedHost =
  | { readonly result: Extract<LoadResult, { ok: false }> }
  | {
      readonly result: Extract<LoadResult, { ok: true }>;
      readonly work: HostWork;
    };

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

async function open(library: LlamaLibrary, llama: Llama, model: LlamaModel, config: HostConfig): Promise<OpenedWork> {
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

/** Writes llama.cpp's warnings to the host's log, until they are too many to be of use. */
function boundedLog(): (level: string, message: string) => void {
  let bytes = 0;
  return (level, message) => {
    bytes += message.length;
    if (bytes < maxLogBytes) process.stderr.write(`[${level}] ${message.trimEnd()}\n`);
  };
}

async function gpuLayers(library: LlamaLibrary, llama: Llama, config: HostConfig): Promise<'auto' | number> {
  if (llama.gpu === false) return 0;
  if (planGpuLayers(config.level, 0) === 'auto') return 'auto';
  const { architectureMetadata } = await library.readGgufFileInfo(config.modelPath);
  // The output layer counts as one.
  return planGpuLayers(config.level, (architectureMetadata.block_count ?? 0) + 1);
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
