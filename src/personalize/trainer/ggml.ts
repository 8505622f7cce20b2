import { join } from 'node:path';
import koffi from 'koffi';
import { librariesIn } from './ggmlLibraries.ts';

/**
 * llama.cpp's ggml libraries, called through FFI: the only importer of koffi. A pointer is a bigint; a wrong one, or a
 * null where ggml wants a tensor, ends the process, which is why only `graph.ts` and its neighbours call this.
 *
 * Each row: the result, then the parameters, as in ggml.h, ggml-alloc.h and ggml-backend.h.
 */
const signatures = {
  ggml_version: ['text'],
  ggml_commit: ['text'],
  ggml_log_set: ['none', 'pointer', 'pointer'],
  ggml_row_size: ['size', 'int', 'int64'],
  ggml_free: ['none', 'pointer'],
  ggml_new_tensor_4d: ['pointer', 'pointer', 'int', 'int64', 'int64', 'int64', 'int64'],
  ggml_get_data: ['pointer', 'pointer'],
  ggml_nbytes: ['size', 'pointer'],
  ggml_set_output: ['none', 'pointer'],
  ggml_new_graph_custom: ['pointer', 'pointer', 'size', 'bool'],
  ggml_graph_overhead_custom: ['size', 'size', 'bool'],
  ggml_tensor_overhead: ['size'],
  ggml_graph_n_nodes: ['int', 'pointer'],
  ggml_build_forward_expand: ['none', 'pointer', 'pointer'],

  ggml_mul_mat: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_out_prod: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_add: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_add_inplace: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_sub: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_mul: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_div: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_scale: ['pointer', 'pointer', 'pointer', 'float'],
  ggml_scale_bias: ['pointer', 'pointer', 'pointer', 'float', 'float'],
  ggml_sqr: ['pointer', 'pointer', 'pointer'],
  ggml_sqrt: ['pointer', 'pointer', 'pointer'],
  ggml_log: ['pointer', 'pointer', 'pointer'],
  ggml_mean: ['pointer', 'pointer', 'pointer'],
  ggml_sum_rows: ['pointer', 'pointer', 'pointer'],
  ggml_silu: ['pointer', 'pointer', 'pointer'],
  ggml_swiglu_split: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_rms_norm: ['pointer', 'pointer', 'pointer', 'float'],
  ggml_soft_max_ext: ['pointer', 'pointer', 'pointer', 'pointer', 'float', 'float'],
  ggml_flash_attn_ext: ['pointer', 'pointer', 'pointer', 'pointer', 'pointer', 'pointer', 'float', 'float', 'float'],
  ggml_rope_ext: [
    ...(['pointer', 'pointer', 'pointer', 'pointer', 'pointer', 'int', 'int', 'int'] as const),
    ...(['float', 'float', 'float', 'float', 'float', 'float'] as const),
  ],
  ggml_get_rows: ['pointer', 'pointer', 'pointer', 'pointer'],
  ggml_set_rows: ['pointer', 'pointer', 'pointer', 'pointer', 'pointer'],
  ggml_concat: ['pointer', 'pointer', 'pointer', 'pointer', 'int'],
  ggml_cast: ['pointer', 'pointer', 'pointer', 'int'],
  ggml_cont: ['pointer', 'pointer', 'pointer'],
  ggml_transpose: ['pointer', 'pointer', 'pointer'],
  ggml_permute: ['pointer', 'pointer', 'pointer', 'int', 'int', 'int', 'int'],
  ggml_reshape_3d: ['pointer', 'pointer', 'pointer', 'int64', 'int64', 'int64'],
  ggml_view_3d: ['pointer', 'pointer', 'pointer', 'int64', 'int64', 'int64', 'size', 'size', 'size'],

  ggml_backend_load: ['pointer', 'text'],
  ggml_backend_load_all_from_path: ['none', 'text'],
  ggml_backend_dev_count: ['size'],
  ggml_backend_dev_get: ['pointer', 'size'],
  ggml_backend_dev_name: ['text', 'pointer'],
  ggml_backend_dev_description: ['text', 'pointer'],
  ggml_backend_dev_type: ['int', 'pointer'],
  ggml_backend_dev_memory: ['none', 'pointer', 'bytes', 'bytes'],
  ggml_backend_dev_init: ['pointer', 'pointer', 'text'],
  ggml_backend_dev_buffer_type: ['pointer', 'pointer'],
  ggml_backend_dev_backend_reg: ['pointer', 'pointer'],
  ggml_backend_dev_supports_op: ['bool', 'pointer', 'pointer'],
  ggml_backend_reg_get_proc_address: ['pointer', 'pointer', 'text'],
  ggml_backend_free: ['none', 'pointer'],
  ggml_backend_tensor_set: ['none', 'pointer', 'bytes', 'size', 'size'],
  ggml_backend_tensor_get: ['none', 'pointer', 'bytes', 'size', 'size'],
  ggml_backend_tensor_alloc: ['int', 'pointer', 'pointer', 'pointer'],
  ggml_backend_alloc_ctx_tensors_from_buft: ['pointer', 'pointer', 'pointer'],
  ggml_backend_buft_name: ['text', 'pointer'],
  ggml_backend_buft_alloc_buffer: ['pointer', 'pointer', 'size'],
  ggml_backend_buft_get_alignment: ['size', 'pointer'],
  ggml_backend_buft_get_alloc_size: ['size', 'pointer', 'pointer'],
  ggml_backend_buffer_get_base: ['pointer', 'pointer'],
  ggml_backend_buffer_get_size: ['size', 'pointer'],
  ggml_backend_buffer_set_usage: ['none', 'pointer', 'int'],
  ggml_backend_buffer_clear: ['none', 'pointer', 'int'],
  ggml_backend_buffer_free: ['none', 'pointer'],
  ggml_gallocr_new: ['pointer', 'pointer'],
  ggml_gallocr_free: ['none', 'pointer'],
  ggml_gallocr_alloc_graph: ['bool', 'pointer', 'pointer'],
  ggml_gallocr_get_buffer_size: ['size', 'pointer', 'int'],
} as const satisfies Record<string, readonly (keyof CTypes)[]>;

/** What C's types are in JavaScript. A `pointer` result may be null; a `bytes` argument is read or written in place. */
interface CTypes {
  readonly none: undefined;
  readonly pointer: Pointer | null;
  readonly text: string | null;
  readonly bytes: Uint8Array | Float32Array | Int32Array | BigUint64Array | Uint16Array;
  readonly int: number;
  readonly int64: number;
  readonly size: number;
  readonly float: number;
  readonly bool: boolean;
}

const cNames: Readonly<Record<keyof CTypes, string>> = {
  none: 'void',
  pointer: 'void *',
  text: 'const char *',
  bytes: 'void *',
  int: 'int',
  int64: 'int64_t',
  size: 'size_t',
  float: 'float',
  bool: 'bool',
};

export type Pointer = bigint;

type Arguments<P extends readonly (keyof CTypes)[]> = { readonly [I in keyof P]: CTypes[P[I]] };
type Function<S> = S extends readonly [infer R extends keyof CTypes, ...infer P extends readonly (keyof CTypes)[]]
  ? (...args: Arguments<P>) => CTypes[R]
  : never;

type GgmlFunctions = { readonly [Name in keyof typeof signatures]: Function<(typeof signatures)[Name]> };

export interface Ggml extends GgmlFunctions {
  /** `ggml_init` without memory for data: tensors get theirs from a buffer. */
  readonly newContext: (bytes: number) => Pointer;
  /** `ggml_backend_graph_compute` on a thread of its own; resolves to its status. */
  readonly compute: (backend: Pointer, graph: Pointer) => Promise<number>;
  /** A function that a backend offers by name only, such as `ggml_backend_set_n_threads`; undefined when it does not. */
  readonly procedure: (
    registry: Pointer,
    name: string,
    result: string,
    parameters: readonly string[],
  ) => Procedure | undefined;
  /** Reads the pointers of a null-terminated C array. */
  readonly pointersAt: (array: Pointer) => readonly Pointer[];
}

type Procedure = (...args: readonly (Pointer | number)[]) => unknown;

let loaded: Ggml | undefined;

/**
 * Loads ggml and its backends from a folder of node-llama-cpp's binaries; once per process.
 *
 * @param onLog gets ggml's warnings and errors
 * @throws when the folder has no such libraries, or they are too old and lack a function
 */
export function loadGgml(folder: string, onLog: (text: string) => void): Ggml {
  if (loaded !== undefined) return loaded;
  const { base, registry } = librariesIn(folder);
  const libraries = [koffi.load(join(folder, base)), koffi.load(join(folder, registry))];
  const functions = Object.fromEntries(
    Object.entries(signatures).map(([name, [result, ...parameters]]) => {
      const prototype = [cNames[result], parameters.map((each) => cNames[each])] as const;
      const found = firstOf(libraries, (library) => library.func(name, ...prototype));
      if (found === undefined) throw new Error(`The ggml libraries in ${folder} have no ${name}.`);
      return [name, found];
    }),
  );
  const compute = firstOf(libraries, (library) =>
    library.func('ggml_backend_graph_compute', cNames.int, [cNames.pointer, cNames.pointer]),
  );
  const initOptions = koffi.struct('ggml_init_params', { mem_size: 'size_t', mem_buffer: 'void *', no_alloc: 'bool' });
  const init = firstOf(libraries, (library) => library.func('ggml_init', 'void *', [initOptions]));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made from the same table as the type
  const declared = functions as unknown as GgmlFunctions;
  const ggml: Ggml = {
    ...declared,
    newContext(bytes) {
      const context: unknown = init?.({ mem_size: bytes, mem_buffer: null, no_alloc: true });
      if (typeof context !== 'bigint') throw new Error('ggml has no memory for a graph.');
      return context;
    },
    compute: (backend, graph) =>
      new Promise((resolve, reject) => {
        compute?.async(backend, graph, (error: unknown, status: number) => (error ? reject(error) : resolve(status)));
      }),
    procedure(owner, name, result, parameters) {
      const address = declared.ggml_backend_reg_get_proc_address(owner, name);
      // Without a name: koffi refuses a second type of the same one.
      return address === null ? undefined : koffi.decode(address, koffi.proto(result, [...parameters]));
    },
    pointersAt(array) {
      const found: Pointer[] = [];
      for (let at = 0; ; at += koffi.sizeof('void *')) {
        const next: unknown = koffi.decode(array, at, 'void *');
        if (typeof next !== 'bigint' || next === 0n) return found;
        found.push(next);
      }
    },
  };
  const onMessage = koffi.register(
    (level: number, text: string) => {
      if (level >= warningLevel) onLog(text);
    },
    koffi.pointer(koffi.proto('void ggml_log_callback(int level, const char *text, void *data)')),
  );
  ggml.ggml_log_set(onMessage, null);
  ggml.ggml_backend_load_all_from_path(folder);
  loaded = ggml;
  return ggml;
}

/** GGML_LOG_LEVEL_WARN. */
const warningLevel = 3;

function firstOf<L, F>(libraries: readonly L[], find: (library: L) => F): F | undefined {
  for (const library of libraries) {
    try {
      return find(library);
    } catch {
      // The other library has it, or none.
    }
  }
  return undefined;
}
