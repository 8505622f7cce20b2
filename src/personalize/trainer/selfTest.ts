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
import { randomFrom } from './random.ts';
import { sequenceOf } from './sequence.ts';
import { tinySizes, writeTinyModel } from './tinyModel.ts';

/** What a device's arithmetic is worth. */
export interface SelfTestResult {
  readonly passed: boolean;
  /** Slopes that the gradients promise against those that are measured: relative difference of the worst kind of module. */
  readonly slopeError: number;
  /** Gradients against those of the CPU; 1 for the CPU itself. */
  readonly cosine: number;
}

const rank = 4;
const tokens = 70;
/** Far below what a wrong gradient shows (0.1 and more), far above rounding. */
const maxSlopeError = 0.02;
const minCosine = 0.999;
/** How far is gone along a gradient of length 1 to measure a slope. */
const near = 1e-2;

/**
 * Trains nothing, but computes gradients of a tiny model on this device, and holds them against finite differences and
 * against the CPU's: drivers and libraries have been wrong before, without an error. Takes a tenth of a second.
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
    const own = await gradientsOn(ggml, report, path);
    const cpu = listDevices(ggml).find(({ kind }) => kind === 'cpu');
    const other = report.kind === 'cpu' || cpu === undefined ? own : await gradientsOn(ggml, cpu, path);
    const cosine = cosineOf(own.gradients, other.gradients);
    return { passed: own.slopeError <= maxSlopeError && cosine >= minCosine, slopeError: own.slopeError, cosine };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function gradientsOn(ggml: Ggml, report: DeviceReport, path: string) {
  const cpu = listDevices(ggml).find(({ kind }) => kind === 'cpu') ?? report;
  using device = openDevice(ggml, report, 1);
  using hostDevice = openDevice(ggml, cpu, 1);
  using host = hostOn(hostDevice);
  using model = await loadBaseModel(device, host, path);
  const shape = { rank, alpha: 2 * rank, rankStabilized: false, modules: moduleNames };
  using adapter = new LoraParameters(device, model.shape, shape);
  using gradients = new LoraGradients(device, adapter);
  using pass = new Pass(device, { model, adapters: [gradients.lora], reach: Infinity, between: goOn });
  const random = randomFrom(1);
  const parameters = Float32Array.from({ length: adapter.length }, () => (random() - 0.5) * 0.2);
  const sequence = sequenceOf({
    tokens: Array.from({ length: tokens }, () => Math.floor(random() * tinySizes.vocabulary)),
    from: tokens / 2,
  });
  const lossAt = async (along: Float32Array, distance: number) => {
    adapter.set(parameters.map((value, at) => value + distance * (along[at] ?? 0)));
    return -(await pass.score(sequence)).reduce((sum, log) => sum + log, 0);
  };
  adapter.set(parameters);
  await pass.learn(sequence, (logs) => new Float32Array(logs.length).fill(1));
  const slopes = gradients.read();
  let slopeError = 0;
  // Together, a kind of module with large gradients would hide what is wrong with the others.
  for (const name of moduleNames) {
    const own = only(name, slopes, gradients.lora);
    const promised = lengthOf(own);
    const along = own.map((value) => value / promised);
    const slope = async (distance: number) =>
      ((await lossAt(along, distance)) - (await lossAt(along, -distance))) / (2 * distance);
    // Richardson: two distances cancel the cubic term.
    const measured = (4 * (await slope(near)) - (await slope(2 * near))) / 3;
    slopeError = Math.max(slopeError, Math.abs(promised / measured - 1));
  }
  return { gradients: slopes, slopeError };
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

async function goOn(): Promise<void> {}

function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let product = 0;
  for (const [at, value] of a.entries()) product += value * (b[at] ?? 0);
  return product / (lengthOf(a) * lengthOf(b));
}
