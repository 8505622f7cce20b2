import { type FileHandle, open } from 'node:fs/promises';
import { errorText } from '../../base/logger.ts';
import { ggmlTypes } from '../../formats/gguf/ggmlTypes.ts';
import { type GgufHeader, readGgufHeader } from '../../formats/gguf/ggufHeader.ts';
import { printable } from '../../formats/gguf/ggufMetadata.ts';
import { HeaderFault } from '../../formats/gguf/headerReader.ts';
import { AdapterUnavailable } from '../generate.ts';

/** The model as far as an adapter has to fit it. */
export interface AdaptedModel {
  readonly architecture: string;
  /** Of its tensors by name; the dimension whose elements lie side by side first. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

type Shape = readonly number[];

const alphaKey = Buffer.from('adapter.lora.alpha');
const float32Type = 6;
/** llama.cpp cannot multiply by every type that a file may have, and ends the process. */
const multipliable: readonly (string | undefined)[] = ['F32', 'F16', 'BF16', 'Q8_0'];

/** llama.cpp applies an adapter of the embeddings to a tied output as well, wrongly, and ends the process. */
const embeddings = 'token_embd.weight';

/**
 * Throws `AdapterUnavailable` unless the file is a LoRA adapter that fits the model. llama.cpp only says that it failed,
 * and what it does not look at itself (types, experts, embeddings) ends the process. Numbers are not looked at.
 */
export async function checkAdapter(path: string, model: AdaptedModel): Promise<void> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AdapterUnavailable('missing', path, errorText(cause));
  });
  try {
    await checkHeader(file, model);
  } catch (cause) {
    throw new AdapterUnavailable('unusable', path, errorText(cause));
  } finally {
    await file.close();
  }
}

async function checkHeader(file: FileHandle, model: AdaptedModel): Promise<void> {
  const found = await file.stat();
  const header = found.isFile() ? await readGgufHeader(file, found.size) : undefined;
  if (header === undefined) throw new HeaderFault('it is no GGUF file');
  if (header.table.tensors.size === 0) throw new HeaderFault('it is empty');
  const { values } = header.metadata;
  const architecture = values.get('general.architecture');
  if (values.get('general.type') !== 'adapter' || values.get('adapter.type') !== 'lora')
    throw new HeaderFault('it is no LoRA adapter');
  if (architecture !== model.architecture)
    throw new HeaderFault(`it is for ${printable(String(architecture))}, the model is ${model.architecture}`);
  if (!(await hasFloatAlpha(file, header))) throw new HeaderFault('its alpha is no 32-bit float');
  checkTensors(header.table.tensors, model.shapes);
}

/** An alpha of another type ends the process. The reader of headers keeps no types, so this looks at the bytes. */
async function hasFloatAlpha(file: FileHandle, { table }: GgufHeader): Promise<boolean> {
  const bytes = Buffer.alloc(Math.min(...[...table.tensors.values()].map(({ offset }) => offset)));
  await file.read(bytes, 0, bytes.length, 0);
  const at = bytes.indexOf(alphaKey);
  return at >= 0 && at === bytes.lastIndexOf(alphaKey) && bytes.readUInt32LE(at + alphaKey.length) === float32Type;
}

function checkTensors(tensors: GgufHeader['table']['tensors'], base: AdaptedModel['shapes']): void {
  for (const [name, { type }] of tensors) {
    const weight = name.replace(/\.lora_[ab]$/, '');
    const shape = base.get(weight);
    const [a, b] = [tensors.get(`${weight}.lora_a`), tensors.get(`${weight}.lora_b`)];
    if (weight === name) throw new HeaderFault(`the tensor ${printable(name)} belongs to no LoRA adapter`);
    if (shape === undefined) throw new HeaderFault(`the model has no tensor ${printable(weight)}`);
    if (weight === embeddings) throw new HeaderFault('it adapts the embeddings, which is not supported');
    if (a === undefined || b === undefined) throw new HeaderFault(`half of ${printable(weight)} is missing`);
    if (!multipliable.includes(ggmlTypes.get(type)?.name))
      throw new HeaderFault(`${printable(name)} is stored as ${ggmlTypes.get(type)?.name}`);
    if (!fits(shape, a.shape, b.shape))
      throw new HeaderFault(
        `${printable(weight)} is ${shape.join('x')} in the model; its matrices are for another shape`,
      );
  }
}

/** A is [in, rank], B is [rank, out] for a weight [in, out]; experts, where there are any, come last in all three. */
function fits([inputs, outputs, ...experts]: Shape, a: Shape, b: Shape): boolean {
  const [rank] = b;
  return [inputs, rank, ...experts].join() === a.join() && [rank, outputs, ...experts].join() === b.join();
}
