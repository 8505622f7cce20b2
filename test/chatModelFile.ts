import { open, readFile, writeFile } from 'node:fs/promises';
import { readMetadata } from '../src/formats/gguf/ggufMetadata.ts';
import { HeaderReader } from '../src/formats/gguf/headerReader.ts';

/** ChatML, which many chat models use. */
const chatTemplate = `{% for message in messages %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`;

const alignment = 32;
/** Magic, version, and the numbers of tensors and of pairs. */
const fixedBytes = 24;
const key = 'tokenizer.chat_template';

/**
 * Writes the starter with another chat template, as a model that Hearth does not know by name: what it answers makes no
 * sense, but it is a real model that answers, in a real host, and always the same at temperature 0.
 */
export async function writeChatModel(from: string, to: string, template = chatTemplate): Promise<void> {
  const bytes = await readFile(from);
  const tensors = Number(bytes.readBigUInt64LE(8));
  const headerEnd = endOfTensorTable(bytes, await endOfMetadata(from, bytes), tensors);
  // Behind the key stand the type of its value, and the value: its length and its bytes.
  const valueAt = bytes.indexOf(key) + key.length + 4;
  const valueEnd = valueAt + 8 + Number(bytes.readBigUInt64LE(valueAt));
  const head = [bytes.subarray(0, valueAt), text(template), bytes.subarray(valueEnd, headerEnd)];
  await writeFile(to, Buffer.concat([padded(Buffer.concat(head)), bytes.subarray(aligned(headerEnd))]));
}

async function endOfMetadata(path: string, bytes: Buffer): Promise<number> {
  await using file = await open(path);
  const reader = new HeaderReader(file, bytes.length, bytes.length);
  await reader.skip(fixedBytes);
  await readMetadata(reader, Number(bytes.readBigUInt64LE(16)));
  return reader.position;
}

/** Of each: a name, the number of dimensions, their lengths, a type, an offset. */
function endOfTensorTable(bytes: Buffer, start: number, tensors: number): number {
  let at = start;
  for (let tensor = 0; tensor < tensors; tensor++) {
    at += 8 + Number(bytes.readBigUInt64LE(at));
    at += 4 + 8 * bytes.readUInt32LE(at) + 4 + 8;
  }
  return at;
}

function aligned(position: number): number {
  return Math.ceil(position / alignment) * alignment;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}
