/** Completions live in the short room, chats in the long one. */
export type Room = 'short' | 'long';

/** How much of the machine a model host takes. After each crash the next, smaller level is used. */
interface PlanLevel {
  /** Share of the model's layers that goes to the GPU; `auto` lets node-llama-cpp fit as many as there is room for. */
  readonly gpu: 'auto' | 'half' | 'none';
  readonly contextSize: number;
  readonly sequences: number;
  readonly batchSize: number;
}

/** Three sequences: for the one who types, for work ahead of them, and for a second window. */
const levels: readonly [PlanLevel, ...PlanLevel[]] = [
  { gpu: 'auto', contextSize: 4096, sequences: 3, batchSize: 512 },
  { gpu: 'half', contextSize: 2048, sequences: 2, batchSize: 256 },
  { gpu: 'none', contextSize: 2048, sequences: 1, batchSize: 256 },
  { gpu: 'none', contextSize: 1024, sequences: 1, batchSize: 128 },
];

export const smallestLevel = levels.length - 1;

/** KV caches of the short room may take this share of the memory; sequences are given up before context. */
const kvMemoryShare = 0.15;
/** Those of the long room may take as much, and only while it is open. */
const longMemoryShare = 0.15;
/** A long room is this much longer than the short one: 16,384 tokens at first, some 1,500 lines of code. */
const longFactor = 4;
/** For a conversation, and for a question beside it that must not cost the conversation its cache. */
const longSequences = 2;
const contextStep = 256;
/**
 * Contexts beside the bare model's short one. Short ones have adapters: what one window types with, and what another or
 * a trainer tries.
 */
export const maxContexts: Readonly<Record<Room, number>> = { short: 2, long: 1 };
/** A context keeps memory for the logits of a whole batch; larger ones are read hardly quicker. */
const maxStackBatch = 256;
const wholeTextTokens = 1024;
/** A model this small is computed faster than two threads can wait for each other, above all on a busy machine. */
const oneThreadBytes = 64e6;

export interface ModelFacts {
  readonly trainContextSize: number;
  /** Bytes of KV cache that one token of one sequence takes. */
  readonly kvBytesPerToken: number;
  /** Memory of the device that holds the KV cache. */
  readonly memoryBytes: number;
}

export interface ContextPlan {
  readonly contextSize: number;
  readonly sequences: number;
  readonly batchSize: number;
}

/** Layers for the GPU, in node-llama-cpp's terms. */
export function planGpuLayers(level: number, totalLayers: number): 'auto' | number {
  const { gpu } = levelAt(level);
  if (gpu === 'auto') return 'auto';
  return gpu === 'half' ? Math.floor(totalLayers / 2) : 0;
}

export function planContext(level: number, facts: ModelFacts): ContextPlan {
  const { contextSize: wanted, sequences, batchSize } = levelAt(level);
  const contextSize = facts.trainContextSize > 0 ? Math.min(wanted, facts.trainContextSize) : wanted;
  const affordable = Math.floor((facts.memoryBytes * kvMemoryShare) / Math.max(1, contextSize * facts.kvBytesPerToken));
  return { contextSize, sequences: Math.max(1, Math.min(sequences, affordable)), batchSize };
}

/** A context with adapters, in the memory that the bare model's leaves: fewer sequences where it is little, but one. */
export function planStack(bare: ContextPlan, facts: ModelFacts): ContextPlan {
  const sequenceBytes = bare.contextSize * facts.kvBytesPerToken;
  const leftBytes = facts.memoryBytes * kvMemoryShare - bare.sequences * sequenceBytes;
  const affordable = Math.floor(leftBytes / maxContexts.short / Math.max(1, sequenceBytes));
  return {
    contextSize: bare.contextSize,
    sequences: Math.max(1, Math.min(bare.sequences, affordable)),
    batchSize: Math.min(bare.batchSize, maxStackBatch),
  };
}

/**
 * The long room: as long as the model was trained for, the level and the memory allow, and never shorter than the short
 * one. First what is wanted, then what to open instead, where memory turns out to be short.
 */
export function planLongRoom(level: number, facts: ModelFacts): readonly [ContextPlan, ...ContextPlan[]] {
  const short = planContext(level, facts);
  const affordable = Math.floor((facts.memoryBytes * longMemoryShare) / Math.max(1, facts.kvBytesPerToken));
  const trained = facts.trainContextSize > 0 ? facts.trainContextSize : short.contextSize;
  const wanted = Math.min(levelAt(level).contextSize * longFactor, trained, affordable - (affordable % contextStep));
  const contextSize = Math.max(short.contextSize, wanted);
  const sequences = Math.min(longSequences, levelAt(level).sequences, Math.floor(affordable / contextSize));
  const plan = { contextSize, sequences: Math.max(1, sequences), batchSize: Math.min(short.batchSize, maxStackBatch) };
  return [plan, ...smallerThan(plan, short.contextSize)];
}

/** One sequence instead of two, then half the length again and again. */
function smallerThan(plan: ContextPlan, minContextSize: number): readonly ContextPlan[] {
  if (plan.sequences === 1 && plan.contextSize <= minContextSize) return [];
  const half = Math.floor(plan.contextSize / 2 / contextStep) * contextStep;
  const contextSize = plan.sequences > 1 ? plan.contextSize : Math.max(minContextSize, half);
  const next = { ...plan, sequences: 1, contextSize };
  return [next, ...smallerThan(next, minContextSize)];
}

/**
 * The context of a model that reads a whole text at once, to embed or rank it. The same at every level: where a text is
 * cut is part of its vector, and vectors of one model have to agree. A chunk of code has about 400 tokens.
 */
export function planWholeTextContext(trainContextSize: number): { contextSize: number; batchSize: number } {
  const contextSize = trainContextSize > 0 ? Math.min(wholeTextTokens, trainContextSize) : wholeTextTokens;
  // Encoders look at all tokens at once, so they have to come in one batch.
  return { contextSize, batchSize: contextSize };
}

/** CPU threads: what the user set, or one per physical core, except for models too small to share. */
export function planThreads(setting: number, mathCores: number, modelBytes: number): number {
  if (setting > 0) return setting;
  return modelBytes <= oneThreadBytes ? 1 : Math.max(1, mathCores);
}

function levelAt(level: number): PlanLevel {
  return levels[Math.max(0, Math.min(level, smallestLevel))] ?? levels[0];
}
