import { HeaderFault, type HeaderReader } from './headerReader.ts';

/** What Hearth wants to know from a model's key-value pairs; everything else is walked over. */
export interface GgufMetadata {
  /** Scalars and short texts, by key. Integers above 2^53 lose their last digits. */
  readonly values: ReadonlyMap<string, number | string>;
  /** Lengths of arrays, by key. */
  readonly arrayLengths: ReadonlyMap<string, number>;
}

/** Real models have about 30 keys. llama.cpp compares each key with all before it, so this also bounds its loading. */
const maxPairs = 4096;
const maxKeyBytes = 1024;
/** Chat templates reach 20 kB; a longer text is walked over, not kept. */
const maxKeptBytes = 1024;
const textType = 8;
const arrayType = 9;

/** GGUF's numeric value types. */
const scalars: ReadonlyMap<number, { readonly bytes: number; readonly read: (from: Buffer) => number }> = new Map([
  [0, { bytes: 1, read: (from: Buffer) => from.readUInt8() }],
  [1, { bytes: 1, read: (from: Buffer) => from.readInt8() }],
  [2, { bytes: 2, read: (from: Buffer) => from.readUInt16LE() }],
  [3, { bytes: 2, read: (from: Buffer) => from.readInt16LE() }],
  [4, { bytes: 4, read: (from: Buffer) => from.readUInt32LE() }],
  [5, { bytes: 4, read: (from: Buffer) => from.readInt32LE() }],
  [6, { bytes: 4, read: (from: Buffer) => from.readFloatLE() }],
  [7, { bytes: 1, read: (from: Buffer) => from.readUInt8() }],
  [10, { bytes: 8, read: (from: Buffer) => Number(from.readBigUInt64LE()) }],
  [11, { bytes: 8, read: (from: Buffer) => Number(from.readBigInt64LE()) }],
  [12, { bytes: 8, read: (from: Buffer) => from.readDoubleLE() }],
]);

/** Reads `count` key-value pairs. Throws `HeaderFault`. */
export async function readMetadata(reader: HeaderReader, count: number): Promise<GgufMetadata> {
  if (count > maxPairs) throw new HeaderFault(`it claims ${count} metadata entries`);
  const values = new Map<string, number | string>();
  const arrayLengths = new Map<string, number>();
  const seen = new Set<string>();
  for (let i = 0; i < count; i++) {
    const key = await reader.text(maxKeyBytes, 'a metadata key');
    if (key === '') throw new HeaderFault('a metadata key is empty');
    if (seen.has(key)) throw new HeaderFault(`the metadata key ${printable(key)} occurs twice`);
    seen.add(key);
    const type = await reader.uint32();
    const scalar = scalars.get(type);
    if (scalar) values.set(key, scalar.read(await reader.bytes(scalar.bytes)));
    else if (type === textType) {
      const kept = await textOrSkip(reader);
      if (kept !== undefined) values.set(key, kept);
    } else if (type === arrayType) arrayLengths.set(key, await skipArray(reader, key));
    else throw new HeaderFault(`the metadata key ${printable(key)} has the unknown type ${type}`);
  }
  return { values, arrayLengths };
}

async function textOrSkip(reader: HeaderReader): Promise<string | undefined> {
  const bytes = await reader.uint64();
  if (bytes <= maxKeptBytes) return (await reader.bytes(bytes)).toString('utf8');
  await reader.skip(bytes);
  return undefined;
}

async function skipArray(reader: HeaderReader, key: string): Promise<number> {
  const type = await reader.uint32();
  const count = await reader.uint64();
  const scalar = scalars.get(type);
  if (scalar) await reader.skip(count * scalar.bytes);
  else if (type === textType) await skipTexts(reader, count);
  else if (type === arrayType) throw new HeaderFault(`the metadata key ${printable(key)} nests arrays`);
  else throw new HeaderFault(`the metadata key ${printable(key)} is an array of the unknown type ${type}`);
  return count;
}

/** A vocabulary has 150,000 texts: nearly all of them lie in the window already and need no await. */
async function skipTexts(reader: HeaderReader, count: number): Promise<void> {
  reader.require(count * 8);
  for (let i = 0; i < count; i++) {
    if (!reader.holds(8)) await reader.fill(8);
    const bytes = reader.takeUint64();
    if (reader.holds(bytes)) reader.drop(bytes);
    else await reader.skip(bytes);
  }
}

/** A name from a file, safe for a message: no control characters, not long. */
export function printable(name: string): string {
  return JSON.stringify(name.slice(0, 64).replace(/[^\x20-\x7e]/g, '?'));
}
