import { readFile } from 'node:fs/promises';
import { readSafetensors, TensorFileFault } from '../../formats/safetensors.ts';
import { type EmbedderTable, StaticEmbedder } from './staticEmbedder.ts';
import { Vocabulary } from './vocabulary.ts';

/** Of starter/embedder/artefact.py: another number means that words become other rows. */
const rules = '1';

/**
 * Reads the embedder that starter/embedder/ made. Throws an `Error` that names the file and what is wrong with it; the
 * system's own error when it cannot be read.
 */
export async function loadStaticEmbedder(path: string): Promise<StaticEmbedder> {
  const file = await readFile(path);
  try {
    return new StaticEmbedder(tableOf(file));
  } catch (cause) {
    if (!(cause instanceof TensorFileFault)) throw cause;
    throw new Error(`${path} cannot be used as an embedder: ${cause.message}`, { cause });
  }
}

function tableOf(file: Uint8Array): EmbedderTable {
  const { metadata, sha256, tensor } = readSafetensors(file);
  if (metadata['format'] !== 'hearth-static-embedder') throw new TensorFileFault('it holds something else');
  if (metadata['rules'] !== rules) throw new TensorFileFault('it was made for another version of Hearth');
  const vectors = tensor('vectors', 'I8');
  const scales = tensor('scales', 'F32');
  const entries = Buffer.from(tensor('entries', 'U8').bytes).toString('latin1').split('\n');
  const [rows = 0, dimensions = 0] = vectors.shape;
  const hashedRows = rows - entries.length;
  if (dimensions === 0 || hashedRows <= 0 || scales.shape[0] !== rows)
    throw new TensorFileFault('its tensors do not fit together');
  return {
    id: `static-${rules}-${sha256.slice(0, 16)}`,
    dimensions,
    vocabulary: new Vocabulary(entries, hashedRows),
    vectors: new Int8Array(vectors.bytes.buffer, vectors.bytes.byteOffset, vectors.bytes.length),
    // Copied: a view has to begin at a multiple of four.
    scales: new Float32Array(Uint8Array.from(scales.bytes).buffer),
  };
}
