import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Problem } from '../../protocol/problems.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { type GgufMetadata, printable, readMetadata } from './ggufMetadata.ts';
import { readTensorTable } from './ggufTensors.ts';
import { HeaderFault, HeaderReader } from './headerReader.ts';

/** What a model file says of itself, after every claim was held against the file. */
export interface GgufSummary {
  readonly version: number;
  /** `general.architecture`, e.g. `qwen2`. */
  readonly architecture: string;
  /** `general.name`; empty when the file has none. */
  readonly name: string;
  /** Tokens the model was trained to see at once. */
  readonly contextTokens: number;
  readonly blockCount: number;
  readonly tensorCount: number;
  readonly fileBytes: number;
  readonly parameterCount: number;
  readonly vocabularySize: number;
  /** The storage type that most bytes have, e.g. `Q4_K`: files often misstate their own. */
  readonly quantisation: string;
  /** The architecture's `pooling_type`: how the tokens' vectors become one; 0 where the file does not say. */
  readonly poolingType: number;
  /** Whether there is a classifier on top, as rerankers have. */
  readonly classifies: boolean;
}

const fixedHeaderBytes = 24;
/** The largest vocabularies (262k tokens with merges) take about 20 MB. */
const maxHeaderBytes = 64 * 1024 * 1024;

/**
 * Reads and checks the header of a GGUF file: everything llama.cpp would refuse, and what would make it hang or crash.
 * Takes well under a second whatever the file holds. Throws `ProblemError` (`model.missing`, `model.notGguf`,
 * `model.truncated`, `model.malformed`), or the signal's reason.
 */
export async function checkGguf(path: string, signal?: AbortSignal): Promise<GgufSummary> {
  signal?.throwIfAborted();
  const stats = await statFile(path);
  // Opening a pipe would wait for a writer, and a device may never end.
  if (!stats.isFile()) throw new ProblemError({ code: 'model.notGguf', path });
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await readSummary(path, file, stats.size, signal);
  } catch (cause) {
    throw problemOf(cause, path, stats.size);
  } finally {
    await file?.close();
  }
}

async function readSummary(
  path: string,
  file: FileHandle,
  fileBytes: number,
  signal: AbortSignal | undefined,
): Promise<GgufSummary> {
  const reader = new HeaderReader(file, fileBytes, maxHeaderBytes, signal);
  if (fileBytes < 4 || (await reader.bytes(4)).toString('latin1') !== 'GGUF')
    throw new ProblemError({ code: 'model.notGguf', path });
  reader.require(fixedHeaderBytes - 4);
  const version = checkedVersion(await reader.uint32());
  const tensorCount = await reader.uint64();
  const metadata = await readMetadata(reader, await reader.uint64());
  refuseOtherThanModels(metadata, tensorCount);
  const architecture = metadata.values.get('general.architecture');
  if (typeof architecture !== 'string' || architecture === '') throw new HeaderFault('it names no architecture');
  const tensors = await readTensorTable(reader, tensorCount, alignmentOf(metadata));
  if (fileBytes < tensors.endByte) throw new HeaderFault('the file ends inside its weights', tensors.endByte);
  return {
    version,
    architecture,
    name: textOf(metadata, 'general.name'),
    contextTokens: countOf(metadata, `${architecture}.context_length`),
    blockCount: countOf(metadata, `${architecture}.block_count`),
    tensorCount,
    fileBytes,
    parameterCount: tensors.parameterCount,
    vocabularySize: vocabularySizeOf(metadata, architecture),
    quantisation: tensors.quantisation,
    poolingType: numberOf(metadata, `${architecture}.pooling_type`),
    classifies: tensors.classifies,
  };
}

/** Version 2 has the layout of 3; version 1 counts in 32 bits and llama.cpp no longer reads it. */
function checkedVersion(version: number): number {
  if (version === 2 || version === 3) return version;
  if (version === 1) throw new HeaderFault('it is in version 1 of the format, which is too old');
  if (version !== 0 && version % 2 ** 24 === 0) throw new HeaderFault('it was made for big-endian processors');
  throw new HeaderFault(`it is in version ${version} of the format, which is unknown`);
}

function refuseOtherThanModels(metadata: GgufMetadata, tensorCount: number): void {
  const parts = metadata.values.get('split.count');
  if (typeof parts === 'number' && parts > 1)
    throw new HeaderFault(`it is one of ${parts} parts; merge them with llama-gguf-split first`);
  const type = metadata.values.get('general.type');
  if (type !== undefined && type !== 'model')
    throw new HeaderFault(`it is not a whole model but of type ${printable(String(type))}`);
  if (tensorCount === 0) throw new HeaderFault('it holds no weights');
}

function alignmentOf(metadata: GgufMetadata): number {
  const alignment = metadata.values.get('general.alignment') ?? 32;
  const fits =
    typeof alignment === 'number' && alignment >= 1 && alignment <= 2 ** 20 && Number.isInteger(Math.log2(alignment));
  if (!fits) throw new HeaderFault(`its alignment is ${alignment}`);
  return alignment;
}

function textOf(metadata: GgufMetadata, key: string): string {
  const value = metadata.values.get(key);
  return typeof value === 'string' ? value : '';
}

function numberOf(metadata: GgufMetadata, key: string): number {
  const value = metadata.values.get(key);
  return typeof value === 'number' ? value : 0;
}

function countOf(metadata: GgufMetadata, key: string): number {
  const value = metadata.values.get(key);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
    throw new HeaderFault(`it does not say its ${printable(key)}`);
  return value;
}

function vocabularySizeOf(metadata: GgufMetadata, architecture: string): number {
  const tokens = metadata.arrayLengths.get('tokenizer.ggml.tokens');
  if (tokens !== undefined && tokens > 0) return tokens;
  return countOf(metadata, `${architecture}.vocab_size`);
}

async function statFile(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    throw problemOf(cause, path, 0);
  }
}

function problemOf(cause: unknown, path: string, fileBytes: number): unknown {
  const problem = describe(cause, path, fileBytes);
  return problem ? new ProblemError(problem, { cause }) : cause;
}

function describe(cause: unknown, path: string, haveBytes: number): Problem | undefined {
  if (cause instanceof HeaderFault)
    return cause.needBytes === undefined
      ? { code: 'model.malformed', path, reason: cause.message }
      : { code: 'model.truncated', path, haveBytes, needBytes: cause.needBytes };
  const code = errorCode(cause);
  if (code === undefined) return undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'model.missing', path };
  return { code: 'model.malformed', path, reason: `it cannot be read: ${code}` };
}

function errorCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || cause instanceof ProblemError || cause.name === 'AbortError') return undefined;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
