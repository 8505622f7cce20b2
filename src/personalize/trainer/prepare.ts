import { open } from 'node:fs/promises';
import { type GgufHeader, readGgufHeader } from '../../formats/gguf/ggufHeader.ts';
import { moduleNames } from './architectures.ts';
import { type DeviceReport, listDevices } from './device.ts';
import { type Ggml, loadGgml } from './ggml.ts';
import { libraryFolder } from './ggmlLibraries.ts';
import { layoutOf } from './loraParameters.ts';
import { type MemoryPlan, neededBytes, planMemory } from './memoryPlan.ts';
import { type ModelShape, modelShapeOf, UntrainableModel } from './modelShape.ts';
import { selfTest } from './selfTest.ts';
import type { TrainerFault, TrainOrder } from './trainerProtocol.ts';

/** Why nothing can be trained, in a way that the user should hear of. */
export class TrainerProblem extends Error {
  override readonly name = 'TrainerProblem';
  readonly fault: TrainerFault;
  constructor(fault: TrainerFault, reason: string) {
    super(reason);
    this.fault = fault;
  }
}

export interface Prepared {
  readonly ggml: Ggml;
  /** Where to train, and the CPU that prepares the weights. */
  readonly device: DeviceReport;
  readonly cpu: DeviceReport;
  readonly shape: ModelShape;
  readonly plan: MemoryPlan;
}

type Wish = Pick<TrainOrder, 'modelPath' | 'gpu' | 'cores' | 'maxBytes' | 'options'>;

/** GPU memory that is left to the screen and to others. */
const gpuReserveBytes = 500e6;

/**
 * Finds a device whose arithmetic is right and whose memory suffices.
 *
 * @param rows of the longest sample
 * @throws TrainerProblem
 */
export async function prepare(wish: Wish, rows: number, onLog: (text: string) => void): Promise<Prepared> {
  const { shape, header } = await modelOf(wish.modelPath);
  const folder = libraryFolder(wish.gpu);
  if (folder === undefined)
    throw new TrainerProblem('unsupported', `no binaries for ${process.platform} ${process.arch}`);
  const ggml = loadGgml(folder, onLog);
  const devices = listDevices(ggml);
  const cpu = devices.find(({ kind }) => kind === 'cpu');
  if (cpu === undefined) throw new TrainerProblem('unsupported', 'ggml finds no processor');
  const reach = wish.options.reach === 0 ? rows : wish.options.reach;
  const parameters = layoutOf(shape, { ...wish.options, modules: moduleNames }).length;
  const facts = { shape, weightBytes: header.table.endByte, parameters, rows, reach };
  for (const device of wish.gpu === 'off' ? [cpu] : devices) {
    const plan =
      device.kind === 'cpu'
        ? planMemory(facts, wish.cores, wish.maxBytes)
        : planMemory(facts, 1, device.freeBytes - gpuReserveBytes);
    if (plan === undefined) continue;
    const { passed, error } = await selfTest(ggml, device, shape.architecture.name);
    if (passed) return { ggml, device, cpu, shape, plan };
    onLog(`${device.description} computes wrong gradients (off by ${error})\n`);
    if (device.kind === 'cpu') throw new TrainerProblem('unsupported', `wrong gradients on ${device.description}`);
  }
  throw new TrainerProblem(
    'memory',
    `${Math.ceil(neededBytes(facts, 1) / 1e6)} MB needed, ${Math.floor(wish.maxBytes / 1e6)} MB free`,
  );
}

async function modelOf(path: string): Promise<{ readonly shape: ModelShape; readonly header: GgufHeader }> {
  await using file = await open(path);
  const header = await readGgufHeader(file, (await file.stat()).size);
  if (header === undefined) throw new TrainerProblem('untrainable', 'it is no GGUF file');
  try {
    return { shape: modelShapeOf(header), header };
  } catch (cause) {
    if (cause instanceof UntrainableModel) throw new TrainerProblem('untrainable', cause.message);
    throw cause;
  }
}
