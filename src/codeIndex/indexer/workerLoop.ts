import { setImmediate } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { chunkFile, type FileParts, type ReadBytes, readBytes } from './fileSteps.ts';
import type { FileTask, FromWorker, TermedChunk, ToWorker } from './workerMessages.ts';
import type { WorkerPosition } from './workerPosition.ts';

interface Kept {
  readonly tasks: readonly FileTask[];
  readonly files: readonly (ReadBytes | undefined)[];
}

/** The worker's side: works off one message after the other, urgent ones in between. */
export class WorkerLoop {
  readonly #port: Pick<MessagePort, 'postMessage'>;
  readonly #parts: FileParts;
  readonly #position: WorkerPosition;
  readonly #urgent: ToWorker[] = [];
  readonly #others: ToWorker[] = [];
  /** Read, but not yet chunked, by number of the batch. */
  readonly #kept = new Map<number, Kept>();
  #working = false;

  constructor(port: Pick<MessagePort, 'postMessage'>, parts: FileParts, position: WorkerPosition) {
    this.#port = port;
    this.#parts = parts;
    this.#position = position;
  }

  /** Rejects when a file's steps throw what they must not: the worker is then of no more use. */
  async take(message: ToWorker): Promise<void> {
    (message.urgent ? this.#urgent : this.#others).push(message);
    if (this.#working) return;
    this.#working = true;
    for (;;) {
      const next = this.#urgent.shift() ?? this.#others.shift();
      if (next === undefined) break;
      await this.#work(next);
    }
    this.#working = false;
    this.#position.rest();
  }

  #work(message: ToWorker): Promise<void> {
    return message.kind === 'hash' ? this.#hash(message) : this.#chunk(message);
  }

  async #hash({ batch, tasks, urgent }: ToWorker & { kind: 'hash' }): Promise<void> {
    const files: (ReadBytes | undefined)[] = [];
    for (const [index, task] of tasks.entries()) {
      if (!urgent) await this.#letUrgentPass();
      this.#position.enter(batch, index);
      files.push(await readBytes(task, this.#parts.version));
    }
    this.#kept.set(batch, { tasks, files });
    const hashed = files.map((file) => file && { blob: file.blob, bytes: file.bytes, modifiedMs: file.modifiedMs });
    this.#post({ kind: 'hashed', batch, files: hashed });
  }

  async #chunk({ batch, wanted, urgent }: ToWorker & { kind: 'chunk' }): Promise<void> {
    const kept = this.#kept.get(batch);
    this.#kept.delete(batch);
    if (wanted.length === 0) return;
    const files: (readonly TermedChunk[])[] = [];
    const vectors: Float32Array[] = [];
    for (const { index, plain } of wanted) {
      if (!urgent) await this.#letUrgentPass();
      const file = kept?.files[index];
      const task = kept?.tasks[index];
      if (file === undefined || task === undefined) throw new Error(`File ${index} of batch ${batch} was not read`);
      this.#position.enter(batch, index);
      const chunked = await chunkFile(file.content, task, plain, this.#parts);
      files.push(chunked.chunks);
      for (const vector of chunked.vectors) vectors.push(vector);
    }
    if (this.#parts.embed === undefined) this.#post({ kind: 'chunked', batch, files });
    else this.#postAll({ kind: 'chunked', batch, files, vectors: joined(vectors) });
  }

  /** Messages arrive between two turns of the event loop only. */
  async #letUrgentPass(): Promise<void> {
    await setImmediate();
    for (let next = this.#urgent.shift(); next !== undefined; next = this.#urgent.shift()) await this.#work(next);
  }

  #post(message: FromWorker): void {
    this.#port.postMessage(message, []);
  }

  /** Handed over, not copied. */
  #postAll(message: FromWorker & { readonly vectors: Float32Array<ArrayBuffer> }): void {
    this.#port.postMessage(message, [message.vectors.buffer]);
  }
}

function joined(vectors: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const dimensions = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * dimensions);
  for (const [at, vector] of vectors.entries()) all.set(vector, at * dimensions);
  return all;
}
