import { open } from 'node:fs/promises';
import { writeAtomically } from '../../base/atomicFile.ts';

/** A text for the trainer. */
export interface TrainingSample {
  /** Prompt and text. */
  readonly tokens: readonly number[];
  /** Index of the first token to be learned; those before it are only read. 1 or more. */
  readonly from: number;
  /** Indices before `from` of tokens that are no text: never to be learned. */
  readonly markers: readonly number[];
  /** Of its mean loss; 1 on average. */
  readonly weight: number;
  /** `validation` is not trained on: it tells when to stop. */
  readonly split: 'train' | 'validation';
  /** Kind of the example, or `replay`: general code against forgetting. */
  readonly kind: (typeof kinds)[number];
}

/** Two answers to one prompt, of which the user wanted one. */
export interface PreferencePair {
  readonly prompt: readonly number[];
  readonly chosen: readonly number[];
  readonly rejected: readonly number[];
  readonly weight: number;
  readonly split: 'train' | 'validation';
}

export interface Samples {
  readonly samples: readonly TrainingSample[];
  readonly pairs: readonly PreferencePair[];
}

const kinds = ['accepted', 'instead', 'typed', 'edit', 'replay'] as const;
const splits = ['train', 'validation'] as const;
const format = 'hearth training samples';
const version = 1;
/** So many characters are handed to the disk at once. */
const blockCharacters = 1 << 20;

/** Writes what is trained on: JSON lines, a head and then one sample or pair each; for the user's eyes only. */
export async function writeSamples(path: string, { samples, pairs }: Samples): Promise<void> {
  await writeAtomically(path, async (file) => {
    let block = `${JSON.stringify({ format, version, samples: samples.length, pairs: pairs.length })}\n`;
    for (const each of [...samples, ...pairs]) {
      block += `${JSON.stringify(each)}\n`;
      if (block.length < blockCharacters) continue;
      await file.writeFile(block);
      block = '';
    }
    await file.writeFile(block);
  });
}

/** Reads them. Rejects with what is wrong and where, also when there are fewer or more than the head says. */
export async function readSamples(path: string): Promise<Samples> {
  await using file = await open(path);
  const samples: TrainingSample[] = [];
  const pairs: PreferencePair[] = [];
  let head: Record<string, unknown> | undefined;
  let at = 0;
  for await (const line of file.readLines({ encoding: 'utf8' })) {
    at++;
    try {
      const fields = fieldsOf(JSON.parse(line));
      if (head === undefined) head = headOf(fields);
      else if ('tokens' in fields) samples.push(sampleOf(fields));
      else pairs.push(pairOf(fields));
    } catch (cause) {
      throw new Error(`Line ${at} of ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
  if (head?.['samples'] !== samples.length || head['pairs'] !== pairs.length)
    throw new Error(`${path} is not whole: it has ${samples.length} samples and ${pairs.length} pairs.`);
  return { samples, pairs };
}

type Fields = Readonly<Record<string, unknown>>;

function headOf(fields: Fields): Fields {
  if (fields['format'] !== format) throw new Error('these are no training samples');
  if (fields['version'] !== version) throw new Error(`version ${String(fields['version'])} is unknown`);
  return fields;
}

function sampleOf(fields: Fields): TrainingSample {
  const tokens = tokensAt(fields, 'tokens');
  const from = fields['from'];
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 1 || from >= tokens.length)
    throw new Error(`from is ${String(from)}, no place within ${tokens.length} tokens`);
  return {
    tokens,
    from,
    markers: markersAt(fields, from),
    weight: weightAt(fields),
    split: oneOf(fields, 'split', splits),
    kind: oneOf(fields, 'kind', kinds),
  };
}

function pairOf(fields: Fields): PreferencePair {
  return {
    prompt: tokensAt(fields, 'prompt'),
    chosen: tokensAt(fields, 'chosen'),
    rejected: tokensAt(fields, 'rejected'),
    weight: weightAt(fields),
    split: oneOf(fields, 'split', splits),
  };
}

function markersAt({ markers }: Fields, from: number): readonly number[] {
  const isMarker = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < from;
  if (!Array.isArray(markers) || !markers.every(isMarker)) throw new Error('markers are no places before from');
  return markers;
}

function tokensAt(fields: Fields, key: string): readonly number[] {
  const tokens = fields[key];
  if (!Array.isArray(tokens) || tokens.length === 0 || !tokens.every(isToken)) throw new Error(`${key} are no tokens`);
  return tokens;
}

function isToken(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}

function weightAt({ weight }: Fields): number {
  if (typeof weight === 'number' && Number.isFinite(weight) && weight > 0) return weight;
  throw new Error(`weight is ${String(weight)}`);
}

function oneOf<T extends string>(fields: Fields, key: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === fields[key]);
  if (found === undefined) throw new Error(`${key} is ${String(fields[key])}`);
  return found;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('this is no object');
  return { ...value };
}
