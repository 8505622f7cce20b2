import { floatsOf, setTensor } from './arena.ts';
import type { AttentionShape, QueryBlock } from './attention.ts';
import type { BaseModel } from './baseModel.ts';
import { blockBackward, blockForward, blockIn, type BlockTape, type Rows } from './block.ts';
import { Graph } from './graph.ts';
import { type Head, headBackward, headForward, headRows, type Targets } from './head.ts';
import { type Host, hostOn } from './host.ts';
import type { Lora } from './lora.ts';
import { maskOf, type Sequence } from './sequence.ts';
import { type Tensor, tensorType } from './tensor.ts';

export interface PassOptions {
  readonly model: BaseModel;
  /** In the order in which they are applied. Those with gradients are trained. */
  readonly adapters: readonly Lora[];
  /**
   * How many of the last rows gradients reach in full. Rows before them are read as they are, and reached through the
   * keys and values that the last rows look at. Infinity: all rows, the exact gradient.
   */
  readonly reach: number;
  /** Awaited between two graphs, at least once a second: the place to pause, and to throw when cancelled. */
  readonly between: () => Promise<void>;
}

/** Queries that are differentiated together. */
const blockRows = 256;

/**
 * A model's passes over one sequence at a time, block by block: each block is a graph of its own, so that memory is that
 * of one block, and nobody waits longer than for one.
 */
export class Pass implements Disposable {
  readonly #host: Host;
  readonly #options: PassOptions;
  readonly #attention: AttentionShape;
  readonly #head: Head;

  constructor(device: Host['device'], options: PassOptions) {
    const { model } = options;
    this.#host = hostOn(device);
    this.#options = options;
    const { heads, kvHeads, headWidth, normEpsilon, rope, architecture } = model.shape;
    const factors = model.ropeFactors === undefined ? {} : { factors: model.ropeFactors };
    this.#attention = {
      heads,
      kvHeads,
      headWidth,
      normEpsilon,
      rope: { ...rope, mode: architecture.ropeMode, ...factors },
    };
    this.#head = { norm: model.outputNorm, normEpsilon, weights: model.head };
  }

  /** Memory for graphs and what they leave, so far. */
  get bytes(): number {
    return this.#host.arena.bytes + this.#host.scratch.bytes;
  }

  /** Natural logarithm of each target's probability. */
  async score(sequence: Sequence): Promise<Float32Array> {
    const { x, targets } = await this.#forward(sequence, () => {});
    return this.#scores(x, targets);
  }

  /**
   * Adds to the adapters' gradients that of the sum of -weight * log p(target).
   *
   * @param weigh gets the logarithms, returns one weight per target
   * @returns the logarithms, before any step
   */
  async learn(sequence: Sequence, weigh: (logs: Float32Array) => Float32Array): Promise<Float32Array> {
    const { model, adapters, between } = this.#options;
    const { device, arena, scratch } = this.#host;
    const tapes: BlockTape[] = [];
    const { x, targets, all, learned } = await this.#forward(sequence, (tape) => tapes.push(tape));
    const logs = await this.#scores(x, targets);
    const weights = arena.tensor(tensorType.f32, 1, sequence.targets.length);
    setTensor(device, weights, weigh(logs));
    let dy = await this.#headGradient(x, targets, weights);
    const to = Math.max(0, Math.min(sequence.from, sequence.tokens.length - this.#options.reach));
    const top = { rows: learned, to, blocks: this.#queryBlocks(sequence, sequence.from) };
    const below = { rows: this.#rows(sequence, to), to, blocks: this.#queryBlocks(sequence, to) };
    for (let layer = model.blocks.length - 1; layer >= 0; layer--) {
      await between();
      const [tape, blockWeights] = [tapes[layer], model.blocks[layer]];
      if (tape === undefined || blockWeights === undefined) throw new Error(`There is no block ${layer}.`);
      using graph = new Graph(device);
      const block = blockIn(graph, { shape: this.#attention, weights: blockWeights, adapters, layer });
      const reach = layer === model.blocks.length - 1 ? top : below;
      const dx = blockBackward(graph, block, tape, all, reach, dy, layer > 0);
      if (dx !== undefined) dy = arena.keep(graph.demand(dx));
      await graph.run(scratch);
    }
    return logs;
  }

  [Symbol.dispose](): void {
    this.#host[Symbol.dispose]();
  }

  /** Up to the last block: x (n, d), the rows that have targets. */
  async #forward(sequence: Sequence, onTape: (tape: BlockTape) => void) {
    const { model, adapters, between } = this.#options;
    const { device, arena, scratch } = this.#host;
    const rows = sequence.tokens.length;
    arena.reset(this.#arenaBytes(sequence));
    const all = this.#rows(sequence, 0);
    const learned = this.#rows(sequence, sequence.from);
    const targets = this.#targets(sequence);
    let x = arena.tensor(tensorType.f32, model.shape.width, rows);
    setTensor(device, x, await model.embed(sequence.tokens));
    for (const [layer, weights] of model.blocks.entries()) {
      await between();
      using graph = new Graph(device);
      const block = blockIn(graph, { shape: this.#attention, weights, adapters, layer });
      const wanted = layer === model.blocks.length - 1 ? learned : all;
      const result = blockForward(graph, block, x, all, wanted);
      const keep = (tensor: Tensor) => arena.keep(graph.demand(tensor));
      const tape = { x, keys: keep(result.keys), values: keep(result.values) };
      x = keep(result.y);
      await graph.run(scratch);
      onTape(tape);
    }
    return { x, targets, all, learned };
  }

  async #scores(x: Tensor, targets: Targets): Promise<Float32Array> {
    const { device, arena, scratch } = this.#host;
    using graph = new Graph(device);
    const logs = headForward(graph, this.#head, x, targets).map((each) => arena.keep(graph.demand(each)));
    await graph.run(scratch);
    const all = new Float32Array(x.shape[1]);
    for (const [chunk, tensor] of logs.entries()) all.set(floatsOf(device, tensor), chunk * headRows);
    return all;
  }

  async #headGradient(x: Tensor, targets: Targets, weights: Tensor): Promise<Tensor> {
    const { device, arena, scratch } = this.#host;
    using graph = new Graph(device);
    const dx = arena.keep(graph.demand(headBackward(graph, this.#head, x, targets, weights).dx));
    await graph.run(scratch);
    return dx;
  }

  #rows(sequence: Sequence, from: number): Rows {
    const { device, arena } = this.#host;
    const length = sequence.tokens.length;
    const positions = arena.tensor(tensorType.i32, length - from);
    const mask = arena.tensor(tensorType.f16, length, length - from);
    setTensor(device, positions, sequence.positions.subarray(from));
    setTensor(device, mask, maskOf(sequence, from, length));
    return { from, positions, mask };
  }

  #targets({ targets }: Sequence): Targets {
    const { device, arena } = this.#host;
    const chunks: Tensor[] = [];
    for (let first = 0; first < targets.length; first += headRows) {
      const chunk = targets.subarray(first, first + headRows);
      const indices = arena.tensor(tensorType.i32, chunk.length);
      setTensor(
        device,
        indices,
        chunk.map((token, row) => row * this.#options.model.shape.vocabulary + token),
      );
      chunks.push(indices);
    }
    return chunks;
  }

  #queryBlocks(sequence: Sequence, from: number): readonly QueryBlock[] {
    const { device, arena } = this.#host;
    const rows = sequence.tokens.length;
    const blocks: QueryBlock[] = [];
    for (let first = from; first < rows; first += blockRows) {
      const to = Math.min(rows, first + blockRows);
      const mask = arena.tensor(tensorType.f16, to, to - first);
      setTensor(device, mask, maskOf(sequence, first, to));
      blocks.push({ from: first, to, mask });
    }
    return blocks;
  }

  /** More than enough for what a pass over the sequence keeps. */
  #arenaBytes({ tokens, targets }: Sequence): number {
    const { shape } = this.#options.model;
    const rows = tokens.length;
    const floats =
      rows * shape.width * (2 * shape.layers + 4) + 2 * rows * shape.kvHeads * shape.headWidth * shape.layers;
    const masks = 2 * 5 * rows * rows;
    return 4 * (floats + 8 * targets.length + 2 * rows) + masks + 2 ** 16 * (shape.layers + 4);
  }
}
