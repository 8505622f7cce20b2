import type { HardwareReport, ModelChoice } from '../../protocol/messages.ts';
import { starterId } from './catalogue.ts';
import type { CatalogueModel } from './catalogueRow.ts';

export type Fit = ModelChoice['fit'];

/** What the estimate needs of a model; `parametersB` in billions. */
export type Weighable = Pick<CatalogueModel, 'parametersB' | 'downloadBytes' | 'memoryBytes'>;

/** The editor and the system keep the larger of these two. */
const headroomBytes = 4e9;
const headroomShare = 0.35;
/** What a desktop and other programs leave of a graphics card. */
const usableGpuShare = 0.9;

/**
 * One keystroke's completion, with the rest of the prompt still in the KV cache: new prompt tokens to read, and tokens
 * to write. What follows is an estimate to sort models by; the status bar later shows what was measured.
 */
const newPromptTokens = 32;
const writtenTokens = 16;
const quickSeconds = 1.2;
const bearableSeconds = 2.5;

/**
 * Writing a token reads all weights once, so it runs at memory speed: GB/s that this many cores can really draw from
 * common memory. 2 cores were measured (26 tokens/s of a 0.4 GB model); the rest follows two channels of DDR4-3200.
 */
const bandwidthByCores: readonly (readonly [cores: number, gigabytesPerSecond: number])[] = [
  [1, 6],
  [2, 10],
  [4, 18],
  [6, 24],
  [8, 30],
  [12, 36],
  [16, 45],
];
/** Reading the prompt is arithmetic: billions of parameters x tokens per second on one core with AVX2 (57 GFLOP/s). */
const readingPerCore = 28;
/** The same two figures for GPUs; the discrete row is an entry-level card, so that it never promises too much. */
const gpuSpeeds = {
  unified: { gigabytesPerSecond: 60, reading: 500 },
  discrete: { gigabytesPerSecond: 200, reading: 4000 },
} as const;

/** Whether this machine can run a model, and how quickly: without looking at any other model. */
export function fitOf(model: Weighable, hardware: HardwareReport): Exclude<Fit, 'recommended'> {
  const seconds = estimateSeconds(model, hardware);
  if (seconds === undefined) return 'tooLarge';
  return seconds <= bearableSeconds ? 'good' : 'slow';
}

/**
 * The fit of each catalogue row, by id. Exactly one completion model that every use is allowed of is recommended: the
 * strongest (rows are sorted by that) that is quick here, else the starter. Uses the machine's whole memory, not what
 * is free right now: a recommendation that changes with the open programs would help nobody.
 */
export function rankModels(rows: readonly CatalogueModel[], hardware: HardwareReport): ReadonlyMap<string, Fit> {
  const quick = rows.findLast((row) => mayRecommend(row, 'completion') && isQuick(row, hardware));
  return ranked(rows, hardware, quick?.id ?? starterId);
}

/**
 * The same for chat: the strongest that is bearable, for who waits for an answer waits anyway, else the first one that
 * fits at all. None where none fits.
 */
export function rankChatModels(rows: readonly CatalogueModel[], hardware: HardwareReport): ReadonlyMap<string, Fit> {
  const allowed = rows.filter((row) => mayRecommend(row, 'chat'));
  const best =
    allowed.findLast((row) => fitOf(row, hardware) === 'good') ??
    allowed.find((row) => fitOf(row, hardware) !== 'tooLarge');
  return ranked(rows, hardware, best?.id);
}

function ranked(
  rows: readonly CatalogueModel[],
  hardware: HardwareReport,
  recommendedId: string | undefined,
): ReadonlyMap<string, Fit> {
  return new Map(rows.map((row) => [row.id, row.id === recommendedId ? 'recommended' : fitOf(row, hardware)]));
}

function mayRecommend(row: CatalogueModel, use: CatalogueModel['use']): boolean {
  return row.use === use && !row.restricted;
}

function isQuick(model: Weighable, hardware: HardwareReport): boolean {
  return (estimateSeconds(model, hardware) ?? Number.POSITIVE_INFINITY) <= quickSeconds;
}

/** Seconds per completion on the faster of the places that hold the model; undefined when none does. */
function estimateSeconds(model: Weighable, hardware: HardwareReport): number | undefined {
  const usableMemory = hardware.memoryBytes - Math.max(headroomBytes, headroomShare * hardware.memoryBytes);
  const fitsMemory = model.memoryBytes <= usableMemory;
  const { gpu } = hardware;
  const unified = gpu?.backend === 'metal';
  const fitsGpu =
    gpu !== undefined && model.memoryBytes <= usableGpuShare * gpu.memoryBytes && (fitsMemory || !unified);
  const estimates: number[] = [];
  if (fitsGpu) {
    const speed = gpuSpeeds[unified ? 'unified' : 'discrete'];
    estimates.push(secondsAt(model, speed.gigabytesPerSecond, speed.reading));
  }
  if (fitsMemory) {
    const cores = Math.max(1, hardware.physicalCores);
    estimates.push(secondsAt(model, bandwidthOf(cores), readingPerCore * cores));
  }
  return estimates.length === 0 ? undefined : Math.min(...estimates);
}

function secondsAt(model: Weighable, gigabytesPerSecond: number, reading: number): number {
  const readSeconds = (newPromptTokens * model.parametersB) / reading;
  const writeSeconds = (writtenTokens * model.downloadBytes) / 1e9 / gigabytesPerSecond;
  return readSeconds + writeSeconds;
}

function bandwidthOf(cores: number): number {
  const [, gigabytesPerSecond] = bandwidthByCores.findLast(([least]) => cores >= least) ?? [1, 6];
  return gigabytesPerSecond;
}
