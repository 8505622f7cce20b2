import type { Ggml, Pointer } from './ggml.ts';

/** Where a graph runs: a backend of ggml with its memory. */
export interface Device extends Disposable {
  readonly ggml: Ggml;
  readonly name: string;
  readonly kind: 'cpu' | 'gpu';
  readonly backend: Pointer;
  /** ggml's device, for asking what it can do. */
  readonly handle: Pointer;
  readonly memory: BufferType;
  /**
   * Memory in which weights lie rearranged for faster products (AMX, REPACK). Only products may read it: rows taken from
   * there are garbage, without an error.
   */
  readonly weightMemories: readonly BufferType[];
}

export interface BufferType {
  readonly name: string;
  readonly handle: Pointer;
}

export interface DeviceReport {
  readonly index: number;
  readonly name: string;
  readonly description: string;
  readonly kind: 'cpu' | 'gpu';
  readonly freeBytes: number;
}

/** GGML_BACKEND_DEVICE_TYPE_CPU, _GPU, _IGPU. */
const cpuType = 0;
const gpuTypes = [1, 2];

/** What there is to train on, GPUs first. */
export function listDevices(ggml: Ggml): readonly DeviceReport[] {
  const reports: DeviceReport[] = [];
  for (let index = 0; index < ggml.ggml_backend_dev_count(); index++) {
    const device = ggml.ggml_backend_dev_get(index);
    if (device === null) continue;
    const type = ggml.ggml_backend_dev_type(device);
    if (type !== cpuType && !gpuTypes.includes(type)) continue;
    const free = new BigUint64Array(1);
    ggml.ggml_backend_dev_memory(device, free, new BigUint64Array(1));
    reports.push({
      index,
      name: ggml.ggml_backend_dev_name(device) ?? '',
      description: ggml.ggml_backend_dev_description(device) ?? '',
      kind: type === cpuType ? 'cpu' : 'gpu',
      freeBytes: Number(free[0]),
    });
  }
  return reports.toSorted((a, b) => Number(a.kind === 'cpu') - Number(b.kind === 'cpu'));
}

/** @param threads of a CPU */
export function openDevice(ggml: Ggml, report: DeviceReport, threads: number): Device {
  const handle = found(ggml.ggml_backend_dev_get(report.index), report.name);
  const backend = found(ggml.ggml_backend_dev_init(handle, null), report.name);
  const memory = bufferType(ggml, found(ggml.ggml_backend_dev_buffer_type(handle), report.name));
  return {
    ggml,
    name: report.name,
    kind: report.kind,
    backend,
    handle,
    memory,
    weightMemories: report.kind === 'cpu' ? setUpCpu(ggml, handle, backend, threads) : [],
    [Symbol.dispose]: () => ggml.ggml_backend_free(backend),
  };
}

/** The CPU's own functions are not exported: they are asked for by name. */
function setUpCpu(ggml: Ggml, handle: Pointer, backend: Pointer, threads: number): readonly BufferType[] {
  const registry = found(ggml.ggml_backend_dev_backend_reg(handle), 'the CPU');
  ggml.procedure(registry, 'ggml_backend_set_n_threads', 'void', ['void *', 'int'])?.(backend, threads);
  const extra = ggml.procedure(registry, 'ggml_backend_dev_get_extra_bufts', 'void *', ['void *'])?.(handle);
  return typeof extra === 'bigint' ? ggml.pointersAt(extra).map((each) => bufferType(ggml, each)) : [];
}

function bufferType(ggml: Ggml, handle: Pointer): BufferType {
  return { name: ggml.ggml_backend_buft_name(handle) ?? '', handle };
}

function found(pointer: Pointer | null, what: string): Pointer {
  if (pointer === null) throw new Error(`ggml cannot use ${what}.`);
  return pointer;
}
