import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Files up to this size are read whole; of larger ones the two ends and samples between. */
const wholeBytes = 8 * 2 ** 20;
const endBytes = 2 ** 20;
const sampleBytes = 2 ** 16;
const samples = 62;

/**
 * A name for a model file's content: 16 hexadecimal digits, the same on every machine. Reads at most 8 MB, so that a
 * model of 5 GB is named in a moment; two models that differ only between the samples do not come up, because training
 * and quantising change every block of the weights.
 */
export async function modelFingerprint(path: string): Promise<string> {
  await using file = await open(path);
  const { size } = await file.stat();
  const hash = createHash('sha256').update(`${size}\n`);
  for (const { start, bytes } of spans(size)) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, start);
    hash.update(buffer.subarray(0, bytesRead));
  }
  return hash.digest('hex').slice(0, 16);
}

function spans(size: number): readonly { readonly start: number; readonly bytes: number }[] {
  if (size <= wholeBytes) return size === 0 ? [] : [{ start: 0, bytes: size }];
  const step = Math.floor((size - 2 * endBytes) / samples);
  const between = Array.from({ length: samples }, (_, at) => ({ start: endBytes + at * step, bytes: sampleBytes }));
  return [{ start: 0, bytes: endBytes }, ...between, { start: size - endBytes, bytes: endBytes }];
}
