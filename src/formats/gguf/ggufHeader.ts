import type { FileHandle } from 'node:fs/promises';
import { type GgufMetadata, readMetadata } from './ggufMetadata.ts';
import { readTensorTable, type TensorTable } from './ggufTensors.ts';
import { HeaderFault, HeaderReader } from './headerReader.ts';

/** Everything in front of the weights, after every claim was held against the file. */
export interface GgufHeader {
  readonly version: number;
  readonly metadata: GgufMetadata;
  readonly table: TensorTable;
}

const fixedHeaderBytes = 24;
/** The largest vocabularies (262k tokens with merges) take about 20 MB. */
const maxHeaderBytes = 64 * 1024 * 1024;

/**
 * Reads the header of a GGUF file; undefined when it does not even begin like one. Takes well under a second whatever
 * the file holds. Throws `HeaderFault` for everything that llama.cpp would refuse or that would make it hang or crash.
 */
export async function readGgufHeader(
  file: FileHandle,
  fileBytes: number,
  signal?: AbortSignal,
): Promise<GgufHeader | undefined> {
  const reader = new HeaderReader(file, fileBytes, maxHeaderBytes, signal);
  if (fileBytes < 4 || (await reader.bytes(4)).toString('latin1') !== 'GGUF') return undefined;
  reader.require(fixedHeaderBytes - 4);
  const version = checkedVersion(await reader.uint32());
  const tensorCount = await reader.uint64();
  const metadata = await readMetadata(reader, await reader.uint64());
  const table = await readTensorTable(reader, tensorCount, alignmentOf(metadata));
  if (fileBytes < table.endByte) throw new HeaderFault('the file ends inside its weights', table.endByte);
  return { version, metadata, table };
}

/** Version 2 has the layout of 3; version 1 counts in 32 bits and llama.cpp no longer reads it. */
function checkedVersion(version: number): number {
  if (version === 2 || version === 3) return version;
  if (version === 1) throw new HeaderFault('it is in version 1 of the format, which is too old');
  if (version !== 0 && version % 2 ** 24 === 0) throw new HeaderFault('it was made for big-endian processors');
  throw new HeaderFault(`it is in version ${version} of the format, which is unknown`);
}

function alignmentOf(metadata: GgufMetadata): number {
  const alignment = metadata.values.get('general.alignment') ?? 32;
  const fits =
    typeof alignment === 'number' && alignment >= 1 && alignment <= 2 ** 20 && Number.isInteger(Math.log2(alignment));
  if (!fits) throw new HeaderFault(`its alignment is ${alignment}`);
  return alignment;
}
