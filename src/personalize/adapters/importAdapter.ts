import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { LoraAdapter } from '../../formats/gguf/loraGguf.ts';
import { TensorFileFault } from '../../formats/safetensors.ts';
import { openSafetensors } from '../../formats/safetensorsFile.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { BaseModel } from './baseModel.ts';
import { FieldFault } from './fields.ts';
import { adapterOfPeft } from './peftAdapter.ts';
import { parsePeftConfig } from './peftConfig.ts';

export const weightsName = 'adapter_model.safetensors';
export const configName = 'adapter_config.json';
/** What our own exports say in the metadata of their safetensors. */
export const baseHashKey = 'hearth.base.sha256';
export const baseNameKey = 'hearth.base.name';

/** One that names all modules of a large model has 50 kB. */
const maxConfigBytes = 1024 * 1024;
const pickles = ['.bin', '.pt', '.pth', '.pkl', '.pickle', '.ckpt'];

interface AdapterFiles {
  readonly weights: string;
  readonly config: string;
}

/**
 * Reads an adapter that PEFT saved (or Hearth exported): a folder, its safetensors file, or that and its configuration. Only
 * this form is taken from others: it holds nothing but numbers, and all its claims are held against the file and
 * the model. Throws `ProblemError` (`adapter.*`).
 */
export async function readForeignAdapter(paths: readonly string[], base: BaseModel): Promise<LoraAdapter> {
  const { weights, config: configPath } = await findFiles(paths);
  const config = parsePeftConfig(await readConfig(configPath), configPath);
  await using file = await openFile(weights);
  const { size } = await file.stat();
  try {
    const tensors = await openSafetensors(file, size);
    checkOrigin(tensors.metadata, base);
    return await adapterOfPeft(tensors, config, base);
  } catch (cause) {
    if (cause instanceof TensorFileFault) {
      await refuseOtherFormats(file, weights);
      refuse({ code: 'adapter.damaged', path: weights, reason: cause.message }, cause);
    }
    if (cause instanceof FieldFault) refuse({ code: 'adapter.config', path: configPath, reason: cause.message }, cause);
    throw cause;
  }
}

/** Looks at names only. */
async function findFiles(paths: readonly string[]): Promise<AdapterFiles> {
  const [first = '', second] = paths;
  const stats = await stat(first).catch(() => undefined);
  if (!stats || paths.length > 2) return refuse({ code: 'adapter.none', path: first });
  if (stats.isDirectory()) return filesIn(first, second);
  if (second === undefined) return filesIn(dirname(first), undefined, first);
  const weights = paths.find((path) => extname(path) === '.safetensors');
  const config = paths.find((path) => extname(path) === '.json');
  if (weights !== undefined && config !== undefined) return { weights, config };
  for (const path of paths) refuseByName(path);
  return refuse({ code: 'adapter.none', path: first });
}

async function filesIn(folder: string, second: string | undefined, picked?: string): Promise<AdapterFiles> {
  if (second !== undefined) return refuse({ code: 'adapter.none', path: folder });
  const names = await readdir(folder);
  if (picked !== undefined) refuseByName(picked);
  const weights = picked?.endsWith('.safetensors') ? picked : join(folder, weightsName);
  if (names.includes(configName) && (weights === picked || names.includes(weightsName)))
    return { weights, config: join(folder, configName) };
  // Say what is wrong with what there is instead.
  if (picked === undefined) for (const name of names) refuseByName(join(folder, name));
  return refuse({ code: 'adapter.none', path: folder });
}

function refuseByName(path: string): void {
  const extension = extname(path).toLowerCase();
  if (pickles.includes(extension)) refuse({ code: 'adapter.pickle', path });
  if (extension === '.gguf') refuse({ code: 'adapter.gguf', path });
}

/** A file may be something else than its name says. */
async function refuseOtherFormats(file: FileHandle, path: string): Promise<void> {
  const { buffer: start } = await file.read(Buffer.alloc(4), 0, 4, 0);
  // Pickle's own beginning with its version and first operation, and that of the ZIP archive that PyTorch puts one into.
  const isPickle = start[0] === 0x80 && Number(start[1]) <= 5 && Number(start[2]) >= 0x28;
  if (isPickle || start.equals(Buffer.from('PK\x03\x04'))) refuse({ code: 'adapter.pickle', path });
  if (start.equals(Buffer.from('GGUF'))) refuse({ code: 'adapter.gguf', path });
}

async function readConfig(path: string): Promise<string> {
  await using file = await openFile(path);
  const { size } = await file.stat();
  if (size > maxConfigBytes) refuse({ code: 'adapter.config', path, reason: `it has ${size} bytes` });
  return file.readFile('utf8');
}

/** A pipe would wait for a writer, a device may never end. */
async function openFile(path: string): Promise<FileHandle> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) return refuse({ code: 'adapter.none', path });
  return open(path).catch((cause: unknown) => refuse({ code: 'adapter.none', path }, cause));
}

/** What Hearth exported says which file it was trained on; others are known to fit by their shapes alone. */
function checkOrigin(metadata: Readonly<Record<string, string>>, base: BaseModel): void {
  const hash = metadata[baseHashKey];
  if (hash === undefined || hash === base.sha256) return;
  const name = (metadata[baseNameKey] ?? '').replace(/\p{C}/gu, '').slice(0, 80);
  refuse({ code: 'adapter.otherBase', madeFor: name || hash.slice(0, 12), base: base.name });
}

function refuse(problem: Problem, cause?: unknown): never {
  throw new ProblemError(problem, { cause });
}
