import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Architecture, moduleNames } from './architectures.ts';
import { loadBaseModel } from './baseModel.ts';
import { type DeviceReport, listDevices, openDevice } from './device.ts';
import type { Ggml } from './ggml.ts';
import { hostOn } from './host.ts';
import type { Lora } from './lora.ts';
import { LoraGradients, LoraParameters } from './loraParameters.ts';
import { Pass } from './pass.ts';
import { randomFrom } from '../../base/random.ts';
import { sequenceOf } from './sequence.ts';
import { tinySizes, writeTinyModel } from './tinyModel.ts';

/** What a device's arithmetic is worth. */
export interface SelfTestResult {
  readonly passed: boolean;
  /**
   * Relative difference, of the worst kind of module: on the CPU, between slopes of the loss that gradients promise and
   * those that are measured; on another device, between its gradients and the CPU's.
   */
  readonly error: number;
}

const rank = 4;
const tokens = 70;
/** Far above rounding, which is 1e-5 on a CPU and 5e-3 where a GPU multiplies in 16 bits; below what a wrong term makes. */
const maxError = 0.02;
/** How far is gone along a gradient of length 1 to measure a slope. */
const near = 1e-2;

/**
 * Trains nothing, but computes gradients of a tiny model on this device, and holds them against finite differences or
 * the CPU's: drivers and libraries have been wrong before, without an error. Takes a tenth of a second.
 */
export async function selfTest(
  ggml: Ggml,
  report: DeviceReport,
  architecture: Architecture['name'],
): Promise<SelfTestResult> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-self-test-'));
  try {
    const path = join(folder, 'tiny.gguf');
    await writeTinyModel(path, architecture);
    const error = await withTinyModel(ggml, report, path, async (own) => {
      const gradients = await own.gradients();
      if (report.kind === 'cpu') return slopeError(own, gradients);
      const expected = await withTinyModel(ggml, cpuOf(ggml, report), path, (cpu) => cpu.gradients());
      return worst((name) => difference(only(name, gradients, own.lora), only(name, expected, own.lora)));
    });
    return { passed: error <= maxError, error };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface TinyModel {
  readonly lora: Lora;
  readonly lossAt: (along: Float32Array, distance: number) => Promise<number>;
  readonly gradients: () => Promise<Float32Array>;
}

async function withTinyModel<T>(
  ggml: Ggml,
  report: DeviceReport,
  path: string,
  use: (tiny: TinyModel) => Promise<T>,
): Promise<T> {
  using device = openDevice(ggml, report, 1);
  using hostDevice = openDevice(ggml, cpuOf(ggml, report), 1);
  using host = hostOn(hostDevice);
  using model = await loadBaseModel(device, host, path);
  using adapter = new LoraParameters(device, model.shape, {
    rank,
    alpha: 2 * rank,
    rankStabilized: false,
    modules: moduleNames,
  });
  using gradients = new LoraGradients(device, adapter);
  using pass = new Pass(device, { model, adapters: [gradients.lora], reach: Infinity, between: goOn });
  const random = randomFrom(1);
  const parameters = Float32Array.from({ length: adapter.length }, () => (random() - 0.5) * 0.2);
  const sequence = sequenceOf({
    tokens: Array.from({ length: tokens }, () => Math.floor(random() * tinySizes.vocabulary)),
    from: tokens / 2,
  });
  return await use({
    lora: gradients.lora,
    lossAt: async (along, distance) => {
      adapter.set(parameters.map((value, at) => value + distance * (along[at] ?? 0)));
      return -(await pass.score(sequence)).reduce((sum, log) => sum + log, 0);
    },
    gradients: async () => {
      adapter.set(parameters);
      await pass.learn(sequence, (logs) => new Float32Array(logs.length).fill(1));
      return gradients.read();
    },
  });
}

async function slopeError({ lora, lossAt }: TinyModel, gradients: Float32Array): Promise<number> {
  let error = 0;
  for (const name of moduleNames) {
    const own = only(name, gradients, lora);
    const promised = lengthOf(own);
    const along = own.map((value) => value / promised);
    const slope = async (distance: number) =>
      ((await lossAt(along, distance)) - (await lossAt(along, -distance))) / (2 * distance);
    // Richardson: two distances cancel the cubic term.
    const measured = (4 * (await slope(near)) - (await slope(2 * near))) / 3;
    error = Math.max(error, Math.abs(promised / measured - 1));
  }
  return error;
}

/** All together, a kind of module with large gradients would hide what is wrong with the others. */
function worst(errorOf: (name: string) => number): number {
  return Math.max(...moduleNames.map(errorOf));
}

/** Gradients of one kind of module; nothing elsewhere. */
function only(name: string, gradients: Float32Array, { places }: Lora): Float32Array {
  const own = new Float32Array(gradients.length);
  for (const [module, { inputs, outputs, a, b }] of places) {
    if (!module.includes(name)) continue;
    own.set(gradients.subarray(a, a + rank * inputs), a);
    own.set(gradients.subarray(b, b + rank * outputs), b);
  }
  return own;
}

function difference(own: Float32Array, expected: Float32Array): number {
  return lengthOf(own.map((value, at) => value - (expected[at] ?? 0))) / lengthOf(expected);
}

function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function cpuOf(ggml: Ggml, otherwise: DeviceReport): DeviceReport {
  return listDevices(ggml).find(({ kind }) => kind === 'cpu') ?? otherwise;
}

async function goOn(): Promise<void> {}
