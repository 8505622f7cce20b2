import { open } from 'node:fs/promises';
import { readGgufHeader } from '../../formats/gguf/ggufHeader.ts';
import type { GgufMetadata } from '../../formats/gguf/ggufMetadata.ts';
import { HeaderFault } from '../../formats/gguf/headerReader.ts';
import { ProblemError } from '../../protocol/problems.ts';

/** Which model an adapter is for. */
export interface AdapterBase {
  /** Of its GGUF file, in hexadecimal. */
  readonly sha256: string;
  /** For people. */
  readonly name: string;
  /** GGUF's name, e.g. `qwen3`. */
  readonly architecture: string;
  /** Attention heads, and those of keys and values; 0 where the file does not say one number for all layers. */
  readonly heads: number;
  readonly kvHeads: number;
}

/** The model with the shapes of its matrices. */
export interface BaseModel extends AdapterBase {
  readonly weights: ReadonlyMap<string, WeightShape>;
}

export interface WeightShape {
  readonly inputs: number;
  readonly outputs: number;
}

/** Reads the header of a model file. Throws `ProblemError` (`model.missing`, `model.malformed`). */
export async function readBaseModel(path: string, sha256: string, name: string): Promise<BaseModel> {
  try {
    await using file = await open(path);
    const header = await readGgufHeader(file, (await file.stat()).size);
    if (!header) throw new HeaderFault('it is no GGUF file');
    const { metadata, table } = header;
    const architecture = String(metadata.values.get('general.architecture') ?? '');
    const heads = countAt(metadata, `${architecture}.attention.head_count`) ?? 0;
    const kvHeads = countAt(metadata, `${architecture}.attention.head_count_kv`) ?? heads;
    const weights = new Map<string, WeightShape>();
    for (const [weight, { shape }] of table.tensors) {
      const [inputs = 0, outputs = 0] = shape;
      if (shape.length === 2) weights.set(weight, { inputs, outputs });
    }
    return { sha256, name, architecture, heads, kvHeads, weights };
  } catch (cause) {
    if (cause instanceof HeaderFault)
      throw new ProblemError({ code: 'model.malformed', path, reason: cause.message }, { cause });
    if (cause instanceof Error && 'code' in cause) throw new ProblemError({ code: 'model.missing', path }, { cause });
    throw cause;
  }
}

/** One number; undefined when the file has none, or one for each layer. */
function countAt({ values, arrayLengths }: GgufMetadata, key: string): number | undefined {
  const value = values.get(key);
  if (typeof value === 'number') return value;
  return arrayLengths.has(key) ? 0 : undefined;
}
