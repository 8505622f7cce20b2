import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Architecture, moduleNames } from './architectures.ts';
import { loadBaseModel } from './baseModel.ts';
import { type DeviceReport, listDevices, openDevice } from './device.ts';
import type { Ggml } from './ggml.ts';
import { hostOn } from './host.ts';
import { LoraGradients, LoraParameters } from './loraParameters.ts';
import { Pass } from './pass.ts';
import { randomFrom } from './random.ts';
import { sequenceOf } from './sequence.ts';
import { tinySizes, writeTinyModel } from './tinyModel.ts';

/** What a device's arithmetic is worth. */
export interface SelfTestResult {
  readonly passed: boolean;
  /** The slope that the gradients promise against the one that is measured: relative difference. */
  readonly slopeError: number;
  /** Gradients against those of the CPU; 1 for the CPU itself. */
  readonly cosine: number;
}

const rank = 4;
const tokens = 70;
/** Far below what a wrong gradient shows (0.1 and more), far above rounding. */
const maxSlopeError = 0.02;
const minCosine = 0.999;

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
    const slopeError = Math.abs(own.measuredSlope - own.promisedSlope) / Math.abs(own.measuredSlope);
    const cpu = listDevices(ggml).find(({ kind }) => kind === 'cpu');
    const other = report.kind === 'cpu' || cpu === undefined ? own : await gradientsOn(ggml, cpu, path);
    const cosine = cosineOf(own.gradients, other.gradients);
    return { passed: slopeError <= maxSlopeError && cosine >= minCosine, slopeError, cosine };
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
  const length = Math.hypot(...norms(slopes));
  const along = slopes.map((value) => value / length);
  const [near, far] = [1e-2, 2e-2];
  const slope = async (distance: number) =>
    ((await lossAt(along, distance)) - (await lossAt(along, -distance))) / (2 * distance);
  // Richardson: two distances cancel the cubic term.
  const measuredSlope = (4 * (await slope(near)) - (await slope(far))) / 3;
  return { gradients: slopes, promisedSlope: length, measuredSlope };
}

async function goOn(): Promise<void> {}

/** Norms of pieces: `Math.hypot` of all numbers at once would overflow the stack. */
function norms(values: Float32Array): number[] {
  const pieces: number[] = [];
  for (let at = 0; at < values.length; at += 1_024) pieces.push(Math.hypot(...values.subarray(at, at + 1_024)));
  return pieces;
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let product = 0;
  for (const [at, value] of a.entries()) product += value * (b[at] ?? 0);
  return product / (Math.hypot(...norms(a)) * Math.hypot(...norms(b)));
}
