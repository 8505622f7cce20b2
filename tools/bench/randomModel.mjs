import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readGgufFileInfo } from 'node-llama-cpp';
import { f32, ggufHeader, i32s, padding, string, strings, tensorType, u32 } from './gguf.mjs';
import { cacheFolder } from './llamaCpp.mjs';
import { integer, normal, uniform } from './random.mjs';
import { run } from './run.mjs';

/**
 * Models with the shape of Qwen2.5-Coder and random weights: as slow as the real thing, without a download. What they
 * write means nothing, but its length is realistic: see `rowScales`.
 */
const shapes = {
  '0.5b': { layers: 24, width: 896, feedForward: 4864, heads: 14, kvHeads: 2 },
  '1.5b': { layers: 28, width: 1536, feedForward: 8960, heads: 12, kvHeads: 2 },
};
/** Qwen2.5 keeps its FIM markers here; the Qwen2 vocabulary in llama.cpp's source still has padding in their place. */
const fimTokens = {
  151659: '<|fim_prefix|>',
  151660: '<|fim_middle|>',
  151661: '<|fim_suffix|>',
  151662: '<|fim_pad|>',
  151663: '<|repo_name|>',
  151664: '<|file_sep|>',
};
const controlToken = 3;
const poolSize = 1 << 20;

/** ChatML, as Qwen2.5-Coder and many others read it. */
const chatTemplate = `{% for message in messages %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`;

/** Writes the model unless it is there. @returns {Promise<string>} path of a GGUF, quantized to `type` */
export async function ensureRandomModel(size, llamaCpp, type = 'Q4_K_M') {
  return ensureModel(`random-${size}-v1-${type}.gguf`, size, llamaCpp, type);
}

/** One that chats, and answers in words until its context is full: random weights seldom come to an end by themselves. */
export async function ensureChattingModel(size, llamaCpp, contextLength) {
  return ensureModel(`random-${size}-chat${contextLength}-v1-Q4_K_M.gguf`, size, llamaCpp, 'Q4_K_M', {
    metadata: { 'tokenizer.chat_template': string(chatTemplate), 'qwen2.context_length': u32(contextLength) },
    // What is all line breaks shows nothing.
    lineBreakScale: 0.1,
  });
}

async function ensureModel(name, size, llamaCpp, type, { metadata = {}, lineBreakScale = 5 } = {}) {
  const path = join(cacheFolder(), name);
  if (existsSync(path)) return path;
  console.error(`Writing ${path} (about a minute, once)`);
  const vocabulary = await readGgufFileInfo(join(llamaCpp.folder, 'models', 'ggml-vocab-qwen2.gguf'));
  const unquantized = `${path}.f16`;
  writeModel(unquantized, size, vocabulary.metadata.tokenizer.ggml, { metadata, lineBreakScale });
  await run(llamaCpp.quantize, [unquantized, `${path}.part`, type]);
  rmSync(unquantized);
  renameSync(`${path}.part`, path);
  return path;
}

function writeModel(path, size, vocabulary, { metadata: more, lineBreakScale }) {
  const shape = shapes[size];
  const tokens = vocabulary.tokens.map((token, id) => fimTokens[id] ?? token);
  const types = vocabulary.token_type.map((type, id) => (id in fimTokens ? controlToken : type));
  const metadata = {
    'general.architecture': string('qwen2'),
    'general.name': string(`Random ${size}`),
    'general.file_type': u32(tensorType.F16),
    'qwen2.block_count': u32(shape.layers),
    'qwen2.context_length': u32(32768),
    'qwen2.embedding_length': u32(shape.width),
    'qwen2.feed_forward_length': u32(shape.feedForward),
    'qwen2.attention.head_count': u32(shape.heads),
    'qwen2.attention.head_count_kv': u32(shape.kvHeads),
    'qwen2.attention.layer_norm_rms_epsilon': f32(1e-6),
    'qwen2.rope.freq_base': f32(1e6),
    'tokenizer.ggml.model': string('gpt2'),
    'tokenizer.ggml.pre': string('qwen2'),
    'tokenizer.ggml.tokens': strings(tokens),
    'tokenizer.ggml.token_type': i32s(types),
    'tokenizer.ggml.merges': strings(vocabulary.merges),
    'tokenizer.ggml.eos_token_id': u32(vocabulary.eos_token_id),
    'tokenizer.ggml.padding_token_id': u32(vocabulary.padding_token_id),
    ...more,
  };
  const tensors = tensorsOf(shape, rowScales(tokens, types, lineBreakScale));
  const file = openSync(path, 'w');
  try {
    writeSync(file, ggufHeader(metadata, tensors));
    const data = randomData(uniform(42));
    for (const tensor of tensors) {
      for (const chunk of data(tensor)) writeSync(file, chunk);
      writeSync(file, Buffer.alloc(padding(tensor.bytes)));
    }
  } finally {
    closeSync(file);
  }
}

/** `deviation` is that of the weights; a norm has constant weights instead. Rows may be scaled one by one. */
function tensorsOf({ layers, width, feedForward, heads, kvHeads }, embeddingScales) {
  const kvWidth = (width / heads) * kvHeads;
  const norm = (name, constant = 1) => ({ ...vector(`${name}.weight`, width), constant });
  const linear = (name, columns, rows, gain = 1) => matrix(name, columns, rows, gain / Math.sqrt(columns));
  const block = (index) => {
    const at = (name) => `blk.${index}.${name}`;
    return [
      norm(at('attn_norm')),
      ...['q', 'k', 'v'].flatMap((part) => {
        const rows = part === 'q' ? width : kvWidth;
        return [linear(at(`attn_${part}`), width, rows), { ...vector(at(`attn_${part}.bias`), rows), deviation: 0.02 }];
      }),
      linear(at('attn_output'), width, width, 0.1),
      norm(at('ffn_norm')),
      linear(at('ffn_gate'), width, feedForward),
      linear(at('ffn_up'), width, feedForward),
      linear(at('ffn_down'), feedForward, width, 0.5),
    ];
  };
  return [
    // Small beside what the blocks add, or every token would repeat itself; the last norm makes the choice sure again.
    matrix('token_embd', width, embeddingScales.length, 0.02, embeddingScales),
    norm('output_norm', 20),
    ...Array.from({ length: layers }, (_, index) => block(index)).flat(),
  ];
}

function matrix(name, columns, rows, deviation, scales) {
  return {
    name: `${name}.weight`,
    type: tensorType.F16,
    shape: [columns, rows],
    bytes: columns * rows * 2,
    deviation,
    scales,
  };
}

function vector(name, length) {
  return { name, type: tensorType.F32, shape: [length], bytes: length * 4 };
}

/**
 * Embedding and output share their rows (tied), so a longer row is a likelier token. Words and punctuation of code are
 * made likelier than the rest of the vocabulary, and the line break so likely that a line ends after about a dozen
 * tokens, as lines of code do: the time to a single-line completion is then that of a real model.
 */
function rowScales(tokens, types, lineBreakScale) {
  const lineBreak = 'Ċ'; // how byte-level BPE writes \n
  return tokens.map((token, id) => {
    if (types[id] !== 1) return 0.1;
    if (token === lineBreak) return lineBreakScale;
    if (token.includes(lineBreak)) return 0.1;
    return /^Ġ?([A-Za-z]{2,8}|[(){};=.,])$/.test(token) ? 1.6 : 0.5;
  });
}

/** A generator of the bytes of a tensor. Normal numbers come from one pool, read from a random place for each row. */
function randomData(next) {
  const pool = Float32Array.from({ length: poolSize }, () => normal(next));
  return function* ({ shape: [columns, rows = 1], type, constant, deviation, scales }) {
    if (type === tensorType.F32) {
      yield Float32Array.from({ length: columns }, (_, i) => constant ?? pool[i] * deviation);
      return;
    }
    const halves = halfFloats(pool, deviation);
    const scaled = new Map();
    const rowsPerChunk = Math.max(1, Math.floor((1 << 22) / columns));
    for (let first = 0; first < rows; first += rowsPerChunk) {
      const count = Math.min(rowsPerChunk, rows - first);
      const chunk = new Uint16Array(count * columns);
      for (let row = 0; row < count; row++) {
        const scale = scales?.[first + row] ?? 1;
        if (scale !== 1 && !scaled.has(scale)) scaled.set(scale, halfFloats(pool, deviation * scale));
        const start = integer(next, 0, poolSize - columns);
        chunk.set((scaled.get(scale) ?? halves).subarray(start, start + columns), row * columns);
      }
      yield chunk;
    }
  };
}

/** IEEE half floats; for normal numbers of models the range needs no care, only tiny ones are flushed to zero. */
function halfFloats(values, factor) {
  const single = new Float32Array(1);
  const bits = new Uint32Array(single.buffer);
  return Uint16Array.from(values, (value) => {
    single[0] = value * factor;
    const exponent = ((bits[0] >>> 23) & 0xff) - 112;
    const sign = (bits[0] >>> 16) & 0x8000;
    return exponent <= 0 ? sign : sign | ((exponent << 10) + ((bits[0] & 0x7fffff) >>> 13));
  });
}
