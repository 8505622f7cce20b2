import type { GgufHeader } from '../../formats/gguf/ggufHeader.ts';
import { printable } from '../../formats/gguf/ggufMetadata.ts';
import { type Architecture, architectures } from './architectures.ts';

/** The sizes of a model, from its header. */
export interface ModelShape {
  readonly architecture: Architecture;
  readonly layers: number;
  /** d: numbers per token between the blocks. */
  readonly width: number;
  readonly heads: number;
  /** Heads of keys and values; several query heads share one. */
  readonly kvHeads: number;
  readonly headWidth: number;
  readonly feedForward: number;
  readonly vocabulary: number;
  readonly contextTokens: number;
  readonly normEpsilon: number;
  /** Numbers of each head that are turned, the base of their frequencies and the factor on them. */
  readonly rope: { readonly dimensions: number; readonly base: number; readonly frequency: number };
  /** Whether the output map is the embedding table. */
  readonly tiedHead: boolean;
}

/** A model that cannot be trained; the message says why. */
export class UntrainableModel extends Error {
  override readonly name = 'UntrainableModel';
}

/** Keys under which other models hide arithmetic that the trainer does not do. */
const foreignKeys =
  /logit_scale|residual_scale|embedding_scale|attention\.scale|softcapping|expert_count|sliding_window/;
/** What everybody uses who does not say. */
const defaultRopeBase = 10_000;

/** Throws `UntrainableModel` for whatever would be computed wrongly. */
export function modelShapeOf({ metadata, table }: GgufHeader): ModelShape {
  const name = String(metadata.values.get('general.architecture') ?? '');
  const architecture = architectures.find((each) => each.name === name);
  if (architecture === undefined) {
    const known = architectures.map((each) => each.name).join(', ');
    throw new UntrainableModel(`models of the architecture ${printable(name)} cannot be trained yet, only ${known}`);
  }
  const number = (key: string): number | undefined => {
    const value = metadata.values.get(`${name}.${key}`);
    return typeof value === 'number' ? value : undefined;
  };
  const needed = (key: string): number => {
    const value = number(key);
    if (value === undefined || !(value > 0)) throw new UntrainableModel(`it does not say its ${key}`);
    return value;
  };
  for (const [key, value] of metadata.values)
    if (foreignKeys.test(key) && Number(value) > 0)
      throw new UntrainableModel(`it has ${printable(key)}, which the trainer does not know`);

  const heads = needed('attention.head_count');
  const width = needed('embedding_length');
  const headWidth = number('attention.key_length') ?? width / heads;
  const shape: ModelShape = {
    architecture,
    layers: needed('block_count'),
    width,
    heads,
    kvHeads: number('attention.head_count_kv') ?? heads,
    headWidth,
    feedForward: needed('feed_forward_length'),
    vocabulary: table.tensors.get('token_embd.weight')?.shape[1] ?? 0,
    contextTokens: needed('context_length'),
    normEpsilon: needed('attention.layer_norm_rms_epsilon'),
    rope: {
      dimensions: number('rope.dimension_count') ?? headWidth,
      base: number('rope.freq_base') ?? defaultRopeBase,
      frequency: ropeFrequency(metadata.values.get(`${name}.rope.scaling.type`), number('rope.scaling.factor')),
    },
    tiedHead: !table.tensors.has('output.weight'),
  };
  checkTensors(shape, table.tensors);
  return shape;
}

function ropeFrequency(type: string | number | undefined, factor: number | undefined): number {
  if (type === undefined || type === 'none') return 1;
  if (type === 'linear') return factor === undefined || factor === 0 ? 1 : 1 / factor;
  throw new UntrainableModel(`its positions are scaled in the manner ${printable(String(type))}`);
}

type Tensors = GgufHeader['table']['tensors'];

function checkTensors(shape: ModelShape, tensors: Tensors): void {
  const rows = tensorRows(shape);
  for (const { name, dimensions, optional } of rows) {
    const found = tensors.get(name);
    if (found === undefined && !optional) throw new UntrainableModel(`it lacks the tensor ${name}`);
    if (found?.shape.some((length, at) => length !== (dimensions[at] ?? 1)))
      throw new UntrainableModel(`its tensor ${name} has the shape [${found.shape.join(', ')}]`);
  }
  const known = new Set(rows.map(({ name }) => name));
  for (const name of tensors.keys())
    if (!known.has(name))
      throw new UntrainableModel(`it has the tensor ${printable(name)}, which the trainer does not know`);
}

interface TensorRow {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly optional?: true;
}

/** Every tensor that such a model has or may have. */
function tensorRows(shape: ModelShape): readonly TensorRow[] {
  const { width, headWidth, heads, kvHeads, feedForward, vocabulary, rope } = shape;
  const queries = heads * headWidth;
  const keys = kvHeads * headWidth;
  const block: readonly TensorRow[] = [
    { name: 'attn_norm.weight', dimensions: [width] },
    { name: 'attn_q.weight', dimensions: [width, queries] },
    { name: 'attn_k.weight', dimensions: [width, keys] },
    { name: 'attn_v.weight', dimensions: [width, keys] },
    { name: 'attn_output.weight', dimensions: [queries, width] },
    { name: 'ffn_norm.weight', dimensions: [width] },
    { name: 'ffn_gate.weight', dimensions: [width, feedForward] },
    { name: 'ffn_up.weight', dimensions: [width, feedForward] },
    { name: 'ffn_down.weight', dimensions: [feedForward, width] },
  ];
  const extras = {
    'attn_q.bias': [queries],
    'attn_k.bias': [keys],
    'attn_v.bias': [keys],
    'attn_q_norm.weight': [headWidth],
    'attn_k_norm.weight': [headWidth],
  };
  const rows: TensorRow[] = [
    { name: 'token_embd.weight', dimensions: [width, vocabulary] },
    { name: 'output_norm.weight', dimensions: [width] },
    { name: 'output.weight', dimensions: [width, vocabulary], optional: true },
    { name: 'rope_freqs.weight', dimensions: [rope.dimensions / 2], optional: true },
  ];
  for (let layer = 0; layer < shape.layers; layer++) {
    for (const row of block) rows.push({ ...row, name: `blk.${layer}.${row.name}` });
    for (const name of shape.architecture.extras)
      rows.push({ name: `blk.${layer}.${name}`, dimensions: extras[name], optional: true });
  }
  return rows;
}
