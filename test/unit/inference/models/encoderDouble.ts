import { array, ggufFile, pair, type Tensor, text, textPair, uint32, uint32Pair } from './ggufBytes.ts';

/**
 * A double of an embedding model: a BERT of one layer with random weights, small enough to be made for each test. It
 * takes texts of printable ASCII, a token per character. What its vectors say means nothing; that they come from
 * llama.cpp, through an encoder's tokeniser and pooling, does.
 */
export interface EncoderDouble {
  readonly name?: string;
  readonly contextTokens?: number;
  /** GGUF's `pooling_type`: 1 mean, 2 first token, 4 rank. */
  readonly pooling?: number;
  /** Adds the head of a reranker. */
  readonly ranks?: boolean;
  readonly seed?: number;
}

export const doubleDimensions = 32;
const feedForward = 64;
const specialTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const characters = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at));
/** As llama.cpp's converter writes WordPiece: beginnings of words are marked, what follows is bare. */
const tokens = [...specialTokens, ...characters.map((each) => `▁${each}`), ...characters, '▁'];

/** The bytes of such a GGUF file. */
export function encoderDouble(double: EncoderDouble = {}): Buffer {
  const { name = 'encoder double', contextTokens = 96, pooling = 1, ranks = false, seed = 1 } = double;
  const shapes = shapesOf(contextTokens, ranks);
  let offset = 0;
  const tensors = shapes.map(({ tensorName, dimensions }): Tensor => {
    const tensor = { name: tensorName, dimensions, type: 0, offset };
    offset += padded(4 * elementsOf(dimensions));
    return tensor;
  });
  const file = ggufFile({
    pairs: [
      textPair('general.architecture', 'bert'),
      textPair('general.name', name),
      uint32Pair('bert.context_length', contextTokens),
      uint32Pair('bert.block_count', 1),
      uint32Pair('bert.embedding_length', doubleDimensions),
      uint32Pair('bert.feed_forward_length', feedForward),
      uint32Pair('bert.attention.head_count', 2),
      pair('bert.attention.layer_norm_epsilon', 6, float(1e-12)),
      pair('bert.attention.causal', 7, Buffer.from([0])),
      uint32Pair('bert.pooling_type', pooling),
      textPair('tokenizer.ggml.model', 'bert'),
      textPair('tokenizer.ggml.pre', 'jina-v2-en'),
      uint32Pair('tokenizer.ggml.token_type_count', 2),
      pair('tokenizer.ggml.tokens', 9, array(8, tokens.length, ...tokens.map(text))),
      pair('tokenizer.ggml.token_type', 9, array(5, tokens.length, ...tokens.map((_, id) => uint32(id < 5 ? 3 : 1)))),
      uint32Pair('tokenizer.ggml.bos_token_id', 2),
      uint32Pair('tokenizer.ggml.eos_token_id', 3),
      uint32Pair('tokenizer.ggml.unknown_token_id', 1),
      uint32Pair('tokenizer.ggml.seperator_token_id', 3),
      uint32Pair('tokenizer.ggml.padding_token_id', 0),
      uint32Pair('tokenizer.ggml.cls_token_id', 2),
      uint32Pair('tokenizer.ggml.mask_token_id', 4),
    ],
    tensors,
    dataBytes: 0,
  });
  return Buffer.concat([file, ...shapes.map((shape, at) => weights(shape, seed + at))]);
}

interface Shape {
  readonly tensorName: string;
  readonly dimensions: readonly number[];
  readonly value?: number;
}

function shapesOf(contextTokens: number, ranks: boolean): readonly Shape[] {
  const width = doubleDimensions;
  return [
    { tensorName: 'token_embd.weight', dimensions: [width, tokens.length] },
    { tensorName: 'token_types.weight', dimensions: [width, 2] },
    { tensorName: 'position_embd.weight', dimensions: [width, contextTokens] },
    ...norm('token_embd_norm'),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].flatMap((name) => linear(`blk.0.${name}`, width, width)),
    ...norm('blk.0.attn_output_norm'),
    ...linear('blk.0.ffn_up', width, feedForward),
    ...linear('blk.0.ffn_down', feedForward, width),
    ...norm('blk.0.layer_output_norm'),
    ...(ranks ? [...linear('cls', width, width), ...linear('cls.output', width, 1)] : []),
  ];
}

const norm = (name: string): Shape[] => [
  { tensorName: `${name}.weight`, dimensions: [doubleDimensions], value: 1 },
  { tensorName: `${name}.bias`, dimensions: [doubleDimensions], value: 0 },
];

const linear = (name: string, columns: number, rows: number): Shape[] => [
  { tensorName: `${name}.weight`, dimensions: [columns, rows] },
  { tensorName: `${name}.bias`, dimensions: [rows] },
];

function weights({ dimensions, value }: Shape, seed: number): Buffer {
  const count = elementsOf(dimensions);
  const bytes = Buffer.alloc(padded(4 * count));
  let state = seed * 2654435761;
  for (let at = 0; at < count; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeFloatLE(value ?? state / 2 ** 32 - 0.5, 4 * at);
  }
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

const elementsOf = (dimensions: readonly number[]): number => dimensions.reduce((product, each) => product * each, 1);
const padded = (bytes: number): number => Math.ceil(bytes / 32) * 32;
