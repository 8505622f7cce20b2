import type { Device } from './device.ts';
import type { Pointer } from './ggml.ts';
import type { Scratch } from './scratch.ts';
import { type Shape, sameShape, shapeOf, shapeText, type Tensor, tensorType } from './tensor.ts';

const maxTensors = 1_024;

/**
 * Operations to be run together on a device. Every method adds one and returns its result, which has no values before
 * `run`. ggml ends the process on a shape that does not fit, so shapes are checked here, where an error has a stack.
 */
export class Graph implements Disposable {
  readonly device: Device;
  readonly #context: Pointer;
  readonly #graph: Pointer;

  constructor(device: Device) {
    const { ggml } = device;
    this.device = device;
    const overhead = ggml.ggml_graph_overhead_custom(maxTensors, false);
    this.#context = ggml.newContext(ggml.ggml_tensor_overhead() * maxTensors + overhead);
    this.#graph = known(ggml.ggml_new_graph_custom(this.#context, maxTensors, false));
  }

  /** w (out, in), x (T, in) -> (T, out), for each matrix; w may be quantized. */
  mulMat(w: Tensor, x: Tensor): Tensor {
    const [inW, out, matricesW] = w.shape;
    const [inX, rows, matricesX] = x.shape;
    if (inW !== inX || matricesX % matricesW !== 0) throw misfit('mulMat', w, x);
    return this.#made(this.device.ggml.ggml_mul_mat(this.#context, w.handle, x.handle), shapeOf(out, rows, matricesX));
  }

  /** Sum over T of the products of columns: x (T, m), y (T, n) -> (n, m). */
  outer(x: Tensor, y: Tensor): Tensor {
    const [m, rowsX, matricesX] = x.shape;
    const [n, rowsY, matricesY] = y.shape;
    if (rowsX !== rowsY || matricesX !== matricesY) throw misfit('outer', x, y);
    return this.#made(this.device.ggml.ggml_out_prod(this.#context, x.handle, y.handle), shapeOf(m, n, matricesX));
  }

  /** m (r, out), u (T, r) -> (T, out). */
  expand(m: Tensor, u: Tensor): Tensor {
    if (m.shape[1] !== u.shape[0]) throw misfit('expand', m, u);
    return this.outer(m, this.transpose(u));
  }

  /** b may have one row for all rows of a. */
  add(a: Tensor, b: Tensor): Tensor {
    return this.#broadcast('add', a, b, this.device.ggml.ggml_add);
  }

  /** Adds b to what a holds, in a's own memory. */
  addInto(a: Tensor, b: Tensor): Tensor {
    if (!sameShape(a, b)) throw misfit('addInto', a, b);
    return { ...a, handle: known(this.device.ggml.ggml_add_inplace(this.#context, a.handle, b.handle)) };
  }

  sub(a: Tensor, b: Tensor): Tensor {
    return this.#broadcast('sub', a, b, this.device.ggml.ggml_sub);
  }

  mul(a: Tensor, b: Tensor): Tensor {
    return this.#broadcast('mul', a, b, this.device.ggml.ggml_mul);
  }

  div(a: Tensor, b: Tensor): Tensor {
    return this.#broadcast('div', a, b, this.device.ggml.ggml_div);
  }

  scale(a: Tensor, factor: number): Tensor {
    return this.#made(this.device.ggml.ggml_scale(this.#context, a.handle, factor), a.shape);
  }

  /** a * factor + bias. */
  scaleBias(a: Tensor, factor: number, bias: number): Tensor {
    return this.#made(this.device.ggml.ggml_scale_bias(this.#context, a.handle, factor, bias), a.shape);
  }

  square(a: Tensor): Tensor {
    return this.#made(this.device.ggml.ggml_sqr(this.#context, a.handle), a.shape);
  }

  squareRoot(a: Tensor): Tensor {
    return this.#made(this.device.ggml.ggml_sqrt(this.#context, a.handle), a.shape);
  }

  log(a: Tensor): Tensor {
    return this.#made(this.device.ggml.ggml_log(this.#context, a.handle), a.shape);
  }

  /** Of each row: (T, d) -> (T, 1). */
  mean(a: Tensor): Tensor {
    return this.#made(this.device.ggml.ggml_mean(this.#context, a.handle), shapeOf(1, a.shape[1], a.shape[2]));
  }

  /** Of each row: (T, d) -> (T, 1). */
  sumRows(a: Tensor): Tensor {
    return this.#made(this.device.ggml.ggml_sum_rows(this.#context, a.handle), shapeOf(1, a.shape[1], a.shape[2]));
  }

  silu(a: Tensor): Tensor {
    return this.#made(this.device.ggml.ggml_silu(this.#context, a.handle), a.shape);
  }

  /** silu(gate) * up. */
  swiglu(gate: Tensor, up: Tensor): Tensor {
    if (!sameShape(gate, up)) throw misfit('swiglu', gate, up);
    return this.#made(this.device.ggml.ggml_swiglu_split(this.#context, gate.handle, up.handle), gate.shape);
  }

  /** Each row divided by its root mean square. */
  rmsNorm(a: Tensor, epsilon: number): Tensor {
    return this.#made(this.device.ggml.ggml_rms_norm(this.#context, a.handle, epsilon), a.shape);
  }

  /** Of each row of a * scale + mask; the mask (F16) is the same for all matrices. */
  softMax(a: Tensor, mask?: Tensor, scale = 1): Tensor {
    if (mask !== undefined && (mask.shape[0] !== a.shape[0] || mask.shape[1] !== a.shape[1]))
      throw misfit('softMax', a, mask);
    const { ggml } = this.device;
    return this.#made(ggml.ggml_soft_max_ext(this.#context, a.handle, mask?.handle ?? null, scale, 0), a.shape);
  }

  /** q (H, Tq, h), k and v (Hkv, T, h), mask (Tq, T) in F16 -> (Tq, H, h). */
  flashAttention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor, scale: number): Tensor {
    const [headWidth, rows, heads] = q.shape;
    if (k.shape[0] !== headWidth || heads % k.shape[2] !== 0 || !sameShape(k, v)) throw misfit('flashAttention', q, k);
    if (mask.shape[0] !== k.shape[1] || mask.shape[1] !== rows) throw misfit('flashAttention', q, mask);
    const { ggml } = this.device;
    const handles = [q.handle, k.handle, v.handle, mask.handle] as const;
    const result = ggml.ggml_flash_attn_ext(this.#context, ...handles, scale, 0, 0);
    return this.#made(result, shapeOf(headWidth, heads, rows));
  }

  /** Turns x (T, H, h) by its positions (T), or back again. */
  rope(x: Tensor, positions: Tensor, options: RopeOptions, direction: 'forward' | 'backward' = 'forward'): Tensor {
    if (positions.shape[0] !== x.shape[2]) throw misfit('rope', x, positions);
    const { ggml } = this.device;
    const { dimensions, mode, base, frequency, factors } = options;
    // A negative frequency turns the other way: exactly the inverse, and the gradient, of the turn.
    const scaling = [base, direction === 'forward' ? frequency : -frequency, 0, 1, 0, 0] as const;
    const where = [x.handle, positions.handle, factors?.handle ?? null] as const;
    return this.#made(ggml.ggml_rope_ext(this.#context, ...where, dimensions, mode, 0, ...scaling), x.shape);
  }

  /** The rows of `table` that `indices` (n) name -> (n, d); a quantized table is read as F32. */
  getRows(table: Tensor, indices: Tensor): Tensor {
    const result = this.device.ggml.ggml_get_rows(this.#context, table.handle, indices.handle);
    return this.#made(result, shapeOf(table.shape[0], indices.shape[0]));
  }

  /** `table` with other rows in the places that `indices` name, in its own memory. */
  setRows(table: Tensor, rows: Tensor, indices: Tensor): Tensor {
    if (table.shape[0] !== rows.shape[0] || rows.shape[1] !== indices.shape[0]) throw misfit('setRows', table, rows);
    const result = this.device.ggml.ggml_set_rows(this.#context, table.handle, rows.handle, indices.handle);
    return { ...table, handle: known(result) };
  }

  /** Side by side (0) or one below the other (1). */
  concat(a: Tensor, b: Tensor, dimension: 0 | 1): Tensor {
    const other = dimension === 0 ? 1 : 0;
    if (a.shape[other] !== b.shape[other] || a.shape[2] !== b.shape[2]) throw misfit('concat', a, b);
    const [side, rows, matrices] = a.shape;
    const shape =
      dimension === 0 ? shapeOf(side + b.shape[0], rows, matrices) : shapeOf(side, rows + b.shape[1], matrices);
    return this.#made(this.device.ggml.ggml_concat(this.#context, a.handle, b.handle, dimension), shape);
  }

  cast(a: Tensor, type: number): Tensor {
    const handle = known(this.device.ggml.ggml_cast(this.#context, a.handle, type));
    return contiguous(handle, type, a.shape, this.device.ggml.ggml_row_size(type, a.shape[0]));
  }

  /** A copy without gaps. */
  cont(a: Tensor): Tensor {
    return this.#made(this.device.ggml.ggml_cont(this.#context, a.handle), a.shape);
  }

  /** A view: (T, d) -> (d, T). */
  transpose(a: Tensor): Tensor {
    const { shape, strides } = a;
    const handle = known(this.device.ggml.ggml_transpose(this.#context, a.handle));
    return {
      handle,
      type: a.type,
      shape: [shape[1], shape[0], shape[2]],
      strides: [strides[1], strides[0], strides[2]],
    };
  }

  /** A view with rows and matrices exchanged: (T, H, h) -> (H, T, h) and back. */
  swapRowsAndMatrices(a: Tensor): Tensor {
    const { shape, strides } = a;
    const handle = known(this.device.ggml.ggml_permute(this.#context, a.handle, 0, 2, 1, 3));
    return {
      handle,
      type: a.type,
      shape: [shape[0], shape[2], shape[1]],
      strides: [strides[0], strides[2], strides[1]],
    };
  }

  /** The same numbers in another shape; `a` has no gaps. */
  reshape(a: Tensor, side: number, rows: number, matrices = 1): Tensor {
    const elements = a.shape[0] * a.shape[1] * a.shape[2];
    if (side * rows * matrices !== elements || !isContiguous(a))
      throw new Error(`reshape: ${shapeText(a)} to [${side}, ${rows}, ${matrices}]`);
    return this.#made(
      this.device.ggml.ggml_reshape_3d(this.#context, a.handle, side, rows, matrices),
      shapeOf(side, rows, matrices),
    );
  }

  /** A view of the rows from `first` on, `count` of them or all that follow. */
  rows(a: Tensor, first: number, count = a.shape[1] - first): Tensor {
    const [side, rows, matrices] = a.shape;
    if (first === 0 && count === rows) return a;
    if (first < 0 || count <= 0 || first + count > rows) throw new Error(`rows: ${first}+${count} of ${shapeText(a)}`);
    return this.#view(a, shapeOf(side, count, matrices), first * a.strides[1]);
  }

  /** A view of a flat tensor's elements from `first` on, as a matrix. */
  matrixAt(flat: Tensor, first: number, side: number, rows: number): Tensor {
    const end = first + side * rows;
    if (!isContiguous(flat) || end > flat.shape[0] * flat.shape[1])
      throw new Error(`matrixAt: ${end} of ${shapeText(flat)}`);
    const row = side * flat.strides[0];
    const offset = first * flat.strides[0];
    const handle = this.device.ggml.ggml_view_3d(this.#context, flat.handle, side, rows, 1, row, row * rows, offset);
    return contiguous(known(handle), flat.type, shapeOf(side, rows));
  }

  /** Makes sure that an operation runs, and before those that are demanded later. */
  demand(result: Tensor): Tensor {
    this.device.ggml.ggml_build_forward_expand(this.#graph, result.handle);
    return result;
  }

  /** Runs what was demanded, on a thread of its own. The graph must not be disposed before. */
  async run(scratch: Scratch): Promise<void> {
    scratch.place(this.#graph);
    const status = await this.device.ggml.compute(this.device.backend, this.#graph);
    if (status !== 0) throw new Error(`ggml could not compute (${status}).`);
  }

  [Symbol.dispose](): void {
    this.device.ggml.ggml_free(this.#context);
  }

  #view(a: Tensor, shape: Shape, offset: number): Tensor {
    const handle = this.device.ggml.ggml_view_3d(this.#context, a.handle, ...shape, a.strides[1], a.strides[2], offset);
    return { handle: known(handle), type: a.type, shape, strides: a.strides };
  }

  #broadcast(name: string, a: Tensor, b: Tensor, operation: Operation): Tensor {
    const fits = a.shape.every((length, at) => length % (b.shape[at] ?? length) === 0);
    if (!fits) throw misfit(name, a, b);
    return this.#made(operation(this.#context, a.handle, b.handle), a.shape);
  }

  #made(handle: Pointer | null, shape: Shape): Tensor {
    return contiguous(known(handle), tensorType.f32, shape);
  }
}

type Operation = (context: Pointer, a: Pointer, b: Pointer) => Pointer | null;

export interface RopeOptions {
  /** How many numbers of each head are turned. */
  readonly dimensions: number;
  /** 0: pairs side by side; 2: pairs half a head apart (GPT-NeoX). */
  readonly mode: 0 | 2;
  readonly base: number;
  /** 1, or less in models that were stretched to longer contexts (linear scaling). */
  readonly frequency: number;
  /** Divisors of the frequencies, where the model has them. */
  readonly factors?: Tensor;
}

export function contiguous(handle: Pointer, type: number, shape: Shape, rowBytes?: number): Tensor {
  const element = type === tensorType.f16 ? 2 : 4;
  const row = rowBytes ?? shape[0] * element;
  return { handle, type, shape, strides: [element, row, row * shape[1]] };
}

function isContiguous({ shape, strides }: Tensor): boolean {
  return strides[1] === shape[0] * strides[0] && (shape[2] === 1 || strides[2] === shape[1] * strides[1]);
}

function known(handle: Pointer | null): Pointer {
  if (handle === null) throw new Error('ggml has no memory left for a graph.');
  return handle;
}

function misfit(operation: string, a: Tensor, b: Tensor): Error {
  return new Error(`${operation}: ${shapeText(a)} and ${shapeText(b)} do not fit`);
}
