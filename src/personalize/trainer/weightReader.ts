import { readSync } from 'node:fs';
import type { GgufHeader } from '../../formats/gguf/ggufHeader.ts';
import type { TensorPlace } from '../../formats/gguf/ggufTensors.ts';
import type { Host } from './host.ts';
import { UntrainableModel } from './modelShape.ts';
import type { Tensor } from './tensor.ts';
import { transposed } from './transposed.ts';
import type { WeightMemory } from './weightMemory.ts';

/** One linear map as stored, and turned for the backward pass. */
export interface LinearWeights {
  /** W (out, in), in the file's own type. */
  readonly w: Tensor;
  /** W^T (in, out), in Q8_0: gradients keep a cosine of 0.9997 to exact ones, in Q4_0 only 0.976. */
  readonly wt: Tensor;
  readonly bias?: Tensor;
}

/** Takes tensors from a model file into memory, by name. */
export class WeightReader {
  readonly #parts: WeightReaderParts;
  #doneBytes = 0;

  constructor(parts: WeightReaderParts) {
    this.#parts = parts;
  }

  placeOf(name: string): TensorPlace {
    const place = this.#parts.header.table.tensors.get(name);
    if (place === undefined) throw new UntrainableModel(`it lacks the tensor ${name}`);
    return place;
  }

  plain(name: string): Tensor {
    const place = this.placeOf(name);
    const [side = 0, rows = 1] = place.shape;
    return this.#parts.memory.put(place.type, side, rows, this.#read(place));
  }

  optional(name: string): Tensor | undefined {
    return this.#parts.header.table.tensors.has(name) ? this.plain(name) : undefined;
  }

  /** The matrix `<name>.weight` and, where there is one, `<name>.bias`. */
  async linear(name: string): Promise<LinearWeights> {
    const { host, memory } = this.#parts;
    const place = this.placeOf(`${name}.weight`);
    const [inputs = 0, outputs = 0] = place.shape;
    const { type } = place;
    const bytes = this.#read(place);
    const turned = await transposed(host, { type, inputs, outputs, bytes });
    const bias = this.optional(`${name}.bias`);
    return {
      w: memory.put(type, inputs, outputs, bytes, memory.quickest(type, inputs, outputs)),
      wt: memory.put(turned.type, outputs, inputs, turned.bytes, memory.quickest(turned.type, outputs, inputs)),
      ...(bias === undefined ? {} : { bias }),
    };
  }

  #read(place: TensorPlace): Uint8Array {
    const { file, header, onProgress } = this.#parts;
    const bytes = new Uint8Array(place.bytes);
    const read = readSync(file, bytes, 0, place.bytes, place.offset);
    if (read < place.bytes) throw new UntrainableModel('the file ends inside its weights');
    this.#doneBytes += place.bytes;
    onProgress(Math.min(1, this.#doneBytes / header.table.endByte));
    return bytes;
  }
}

interface WeightReaderParts {
  /** A CPU, which turns matrices. */
  readonly host: Host;
  /** File descriptor. */
  readonly file: number;
  readonly header: GgufHeader;
  readonly memory: WeightMemory;
  readonly onProgress: (share: number) => void;
}
