import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Architecture, moduleNames } from '../../../../src/personalize/trainer/architectures.ts';
import { type BaseModel, loadBaseModel } from '../../../../src/personalize/trainer/baseModel.ts';
import { type Device, type DeviceReport, listDevices, openDevice } from '../../../../src/personalize/trainer/device.ts';
import { type Ggml, loadGgml } from '../../../../src/personalize/trainer/ggml.ts';
import { libraryFolder } from '../../../../src/personalize/trainer/ggmlLibraries.ts';
import { type Host, hostOn } from '../../../../src/personalize/trainer/host.ts';
import type { LoraPlace } from '../../../../src/personalize/trainer/lora.ts';
import { type LoraShape } from '../../../../src/personalize/trainer/loraParameters.ts';
import { madeUp, writeTinyModel } from '../../../../src/personalize/trainer/tinyModel.ts';

export const tinyShape: LoraShape = { rank: 4, alpha: 8, rankStabilized: false, modules: moduleNames };

/** The real ggml of this machine, on the CPU. */
export function ggmlHere(): Ggml {
  return loadGgml(libraryFolder('off') ?? '', (text) => process.stderr.write(text));
}

export function cpuOf(ggml: Ggml): DeviceReport {
  const cpu = listDevices(ggml).find(({ kind }) => kind === 'cpu');
  if (cpu === undefined) throw new Error('ggml finds no processor');
  return cpu;
}

/** A tiny model of a family, loaded on the CPU; gone after `Symbol.dispose`. */
export class TinyTrainer implements Disposable {
  readonly ggml: Ggml = ggmlHere();
  readonly cpu: DeviceReport = cpuOf(this.ggml);
  readonly device: Device = openDevice(this.ggml, this.cpu, 1);
  readonly host: Host = hostOn(this.device);
  readonly folder = mkdtempSync(join(tmpdir(), 'hearth-tiny-'));
  readonly path = join(this.folder, 'tiny.gguf');
  #model: BaseModel | undefined;

  static async of(architecture: Architecture['name']): Promise<TinyTrainer> {
    const tiny = new TinyTrainer();
    await writeTinyModel(tiny.path, architecture);
    tiny.#model = await loadBaseModel(tiny.device, tiny.host, tiny.path);
    return tiny;
  }

  get model(): BaseModel {
    if (this.#model === undefined) throw new Error('There is no model yet.');
    return this.#model;
  }

  [Symbol.dispose](): void {
    this.#model?.[Symbol.dispose]();
    this.host[Symbol.dispose]();
    this.device[Symbol.dispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A (r, in) and B (out, r) of each map, by its name. */
export type Factors = ReadonlyMap<string, { readonly a: Float32Array; readonly b: Float32Array }>;

/** The adapter that `fixtures/make.py` makes as well, in the trainer's own layout. */
export function madeUpParameters(places: ReadonlyMap<string, LoraPlace>, length: number): Float32Array {
  const { rank } = tinyShape;
  const parameters = new Float32Array(length);
  for (const [name, { inputs, outputs, a, b }] of places) {
    parameters.set(madeUp(`${name}.lora_a`, rank * inputs), a);
    const factor = madeUp(`${name}.lora_b`, rank * outputs);
    for (let o = 0; o < outputs; o++)
      for (let r = 0; r < rank; r++) parameters[b + r * outputs + o] = factor[o * rank + r] ?? 0;
  }
  return parameters;
}

/** Flat numbers, parameters or gradients, as PEFT has them. */
export function factorsOf(places: ReadonlyMap<string, LoraPlace>, flat: Float32Array): Factors {
  const { rank } = tinyShape;
  return new Map(
    [...places].map(([name, { inputs, outputs, a, b }]) => [
      name,
      {
        a: flat.slice(a, a + rank * inputs),
        b: Float32Array.from(
          { length: rank * outputs },
          (_, at) => flat[b + (at % rank) * outputs + Math.floor(at / rank)] ?? Number.NaN,
        ),
      },
    ]),
  );
}

/** |own - expected| / |expected| */
export function relativeError(own: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (own.length !== expected.length) return Number.POSITIVE_INFINITY;
  let error = 0;
  let size = 0;
  for (let at = 0; at < expected.length; at++) {
    error += ((own[at] ?? Number.NaN) - (expected[at] ?? 0)) ** 2;
    size += (expected[at] ?? 0) ** 2;
  }
  return Math.sqrt(error / size);
}
