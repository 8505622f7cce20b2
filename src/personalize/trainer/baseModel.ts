import { closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type GgufHeader, readGgufHeader } from '../../formats/gguf/ggufHeader.ts';
import type { ModuleName } from './architectures.ts';
import type { Device } from './device.ts';
import { embeddingsOf } from './embeddings.ts';
import type { Host } from './host.ts';
import { type ModelShape, modelShapeOf, UntrainableModel } from './modelShape.ts';
import type { Tensor } from './tensor.ts';
import { WeightMemory } from './weightMemory.ts';
import { type LinearWeights, WeightReader } from './weightReader.ts';

export interface BlockWeights {
  readonly maps: Readonly<Record<ModuleName, LinearWeights>>;
  readonly attentionNorm: Tensor;
  readonly feedForwardNorm: Tensor;
  readonly queryNorm?: Tensor;
  readonly keyNorm?: Tensor;
}

export interface BaseModel extends Disposable {
  readonly shape: ModelShape;
  readonly blocks: readonly BlockWeights[];
  readonly outputNorm: Tensor;
  readonly head: LinearWeights;
  readonly ropeFactors?: Tensor;
  /** The tokens' rows of the embedding table: (T, d). */
  readonly embed: (tokens: Int32Array) => Promise<Float32Array>;
  /** Memory that the weights take. */
  readonly bytes: number;
}

/**
 * Puts a model's weights where products with them are quickest, and turned copies beside them.
 *
 * @param host a CPU, which prepares them
 * @throws UntrainableModel, or why the file cannot be read
 */
export async function loadBaseModel(
  device: Device,
  host: Host,
  path: string,
  onProgress: (share: number) => void = () => {},
): Promise<BaseModel> {
  const header = await headerOf(path);
  const shape = modelShapeOf(header);
  const file = openSync(path, 'r');
  const memory = new WeightMemory(device);
  const dispose = () => {
    memory[Symbol.dispose]();
    closeSync(file);
  };
  try {
    const weights = new WeightReader({ host, file, header, memory, onProgress });
    const blocks: BlockWeights[] = [];
    for (let layer = 0; layer < shape.layers; layer++) {
      blocks.push(await blockOf(weights, `blk.${layer}.`));
    }
    const embedding = weights.placeOf('token_embd.weight');
    const ropeFactors = weights.optional('rope_freqs.weight');
    return {
      shape,
      blocks,
      outputNorm: weights.plain('output_norm.weight'),
      head: await weights.linear(shape.tiedHead ? 'token_embd' : 'output'),
      ...(ropeFactors === undefined ? {} : { ropeFactors }),
      embed: oneAtATime((tokens: Int32Array) => embeddingsOf(host, file, embedding, tokens)),
      bytes: memory.bytes,
      [Symbol.dispose]: dispose,
    };
  } catch (cause) {
    dispose();
    throw cause;
  }
}

async function headerOf(path: string): Promise<GgufHeader> {
  await using file = await open(path);
  const header = await readGgufHeader(file, (await file.stat()).size);
  if (header === undefined) throw new UntrainableModel('it is no GGUF file');
  return header;
}

async function blockOf(weights: WeightReader, block: string): Promise<BlockWeights> {
  const queryNorm = weights.optional(`${block}attn_q_norm.weight`);
  const keyNorm = weights.optional(`${block}attn_k_norm.weight`);
  return {
    maps: {
      attn_q: await weights.linear(`${block}attn_q`),
      attn_k: await weights.linear(`${block}attn_k`),
      attn_v: await weights.linear(`${block}attn_v`),
      attn_output: await weights.linear(`${block}attn_output`),
      ffn_gate: await weights.linear(`${block}ffn_gate`),
      ffn_up: await weights.linear(`${block}ffn_up`),
      ffn_down: await weights.linear(`${block}ffn_down`),
    },
    attentionNorm: weights.plain(`${block}attn_norm.weight`),
    feedForwardNorm: weights.plain(`${block}ffn_norm.weight`),
    ...(queryNorm === undefined ? {} : { queryNorm }),
    ...(keyNorm === undefined ? {} : { keyNorm }),
  };
}

/** Several passes share the host's memory. */
function oneAtATime<A, R>(work: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  let turn: Promise<unknown> = Promise.resolve();
  return (argument) => {
    const result = turn.then(() => work(argument));
    turn = result.catch(() => undefined);
    return result;
  };
}
