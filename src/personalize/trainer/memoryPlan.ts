import type { ModelShape } from './modelShape.ts';

/** What a training is made of, as far as memory goes. */
export interface MemoryFacts {
  readonly shape: ModelShape;
  /** Of the model file's tensors. */
  readonly weightBytes: number;
  /** Numbers of the adapter. */
  readonly parameters: number;
  /** The longest sequence, and how many of its last rows gradients reach in full. */
  readonly rows: number;
  readonly reach: number;
}

export interface MemoryPlan {
  readonly lanes: number;
  readonly bytes: number;
}

/** Node, ggml, and what they need beside all that is counted. */
const processBytes = 160e6;
/** Rows of the output map, and of queries, that are worked on at once: see `head.ts` and `pass.ts`. */
const headRows = 64;
const queryRows = 256;

/**
 * As many lanes as there are cores and memory for; undefined when there is not enough for one.
 *
 * @param freeBytes what may be used
 */
export function planMemory(facts: MemoryFacts, cores: number, freeBytes: number): MemoryPlan | undefined {
  for (let lanes = cores; lanes >= 1; lanes--) {
    const bytes = neededBytes(facts, lanes);
    if (bytes <= freeBytes) return { lanes, bytes };
  }
  return undefined;
}

/** Within a quarter of what it turns out to be, and rather more than less. */
export function neededBytes(facts: MemoryFacts, lanes: number): number {
  const { parameters } = facts;
  // Parameters here and on the device, the best of them, two running means, gradients; and gradients of each lane.
  const adapter = 4 * parameters * (6 + lanes);
  return Math.ceil(processBytes + weightsOf(facts) + adapter + lanes * laneBytes(facts));
}

/** The weights, and turned copies of all maps in Q8_0. */
function weightsOf({ shape, weightBytes }: MemoryFacts): number {
  const { layers, width, heads, kvHeads, headWidth, feedForward, vocabulary } = shape;
  const block = 2 * width * headWidth * (heads + kvHeads) + 3 * width * feedForward;
  return weightBytes + (layers * block + width * vocabulary) * (34 / 32);
}

function laneBytes({ shape, rows, reach }: MemoryFacts): number {
  const { layers, width, heads, kvHeads, headWidth, feedForward, vocabulary } = shape;
  const reached = Math.min(rows, reach);
  const keys = kvHeads * headWidth;
  const queries = heads * headWidth;
  // What one graph leaves to the next: inputs and gradients of each block, its keys and values, masks of 16 bits.
  const kept = layers * (rows * (width + 2 * keys) + reached * width) + 4 * rows * width + 2.5 * rows * rows;
  const forward = rows * (3 * feedForward + 5 * width + 3 * queries + 2 * keys);
  const backward =
    reached * (9 * feedForward + 10 * width + 6 * queries) +
    rows * (2 * width + 8 * keys) +
    5 * heads * Math.min(queryRows, reached) * rows;
  const head = 4 * headRows * vocabulary;
  return 4 * (kept + Math.max(forward, backward, head));
}
