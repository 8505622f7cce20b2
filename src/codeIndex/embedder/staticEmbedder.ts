import type { Embedder } from './embedder.ts';
import type { Vocabulary } from './vocabulary.ts';

/** BM25's saturation: the tenth `self` of a function says little that the first did not. */
const termSaturation = 1.2;
const maxCount = 255;
const weights = Float64Array.from(
  { length: maxCount + 1 },
  (_, count) => (count * (termSaturation + 1)) / (count + termSaturation),
);

/** What the embedder's file holds. */
export interface EmbedderTable {
  readonly id: string;
  readonly dimensions: number;
  readonly vocabulary: Vocabulary;
  /** (rows, dimensions); row `i` is to be multiplied by `scales[i]`. */
  readonly vectors: Int8Array;
  readonly scales: Float32Array;
}

/** Sums the vectors of a text's words, each weighted as it was learned, and scales the sum to length 1. */
export class StaticEmbedder implements Embedder {
  readonly id: string;
  readonly dimensions: number;
  readonly #table: EmbedderTable;
  /** How often each row occurs in the text at hand, and the rows that do. */
  readonly #counts: Uint32Array;
  readonly #rows: number[] = [];
  readonly #sums: Float64Array;

  constructor(table: EmbedderTable) {
    this.id = table.id;
    this.dimensions = table.dimensions;
    this.#table = table;
    this.#counts = new Uint32Array(table.scales.length);
    this.#sums = new Float64Array(table.dimensions);
  }

  embed(texts: readonly string[]): Float32Array[] {
    return texts.map((text) => this.#embed(text));
  }

  #embed(text: string): Float32Array {
    this.#rows.length = 0;
    this.#table.vocabulary.eachRow(text, this.#count);
    this.#sums.fill(0);
    for (const row of this.#rows) {
      this.#addRow(row, weights[Math.min(this.#counts[row] ?? 0, maxCount)] ?? 0);
      this.#counts[row] = 0;
    }
    return normalised(this.#sums);
  }

  readonly #count = (row: number): void => {
    const before = this.#counts[row] ?? 0;
    if (before === 0) this.#rows.push(row);
    this.#counts[row] = before + 1;
  };

  #addRow(row: number, weight: number): void {
    const { vectors, scales } = this.#table;
    const sums = this.#sums;
    const factor = weight * (scales[row] ?? 0);
    const start = row * sums.length;
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + factor * (vectors[start + at] ?? 0);
  }
}

function normalised(sums: Float64Array): Float32Array {
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return Float32Array.from(sums, (sum) => sum * factor);
}
