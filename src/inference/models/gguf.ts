import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { readGgufHeader } from '../../formats/gguf/ggufHeader.ts';
import { type GgufMetadata, printable } from '../../formats/gguf/ggufMetadata.ts';
import { HeaderFault } from '../../formats/gguf/headerReader.ts';
import type { Problem } from '../../protocol/problems.ts';
import { ProblemError } from '../../protocol/problems.ts';

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
  const header = await readGgufHeader(file, fileBytes, signal);
  if (header === undefined) throw new ProblemError({ code: 'model.notGguf', path });
  const { version, metadata, table } = header;
  refuseOtherThanModels(metadata, table.tensors.size);
  const architecture = metadata.values.get('general.architecture');
  if (typeof architecture !== 'string' || architecture === '') throw new HeaderFault('it names no architecture');
  return {
    version,
    architecture,
    name: textOf(metadata, 'general.name'),
    contextTokens: countOf(metadata, `${architecture}.context_length`),
    blockCount: countOf(metadata, `${architecture}.block_count`),
    tensorCount: table.tensors.size,
    fileBytes,
    parameterCount: table.parameterCount,
    vocabularySize: vocabularySizeOf(metadata, architecture),
    quantisation: table.quantisation,
    poolingType: numberOf(metadata, `${architecture}.pooling_type`),
    classifies: table.classifies,
  };
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
