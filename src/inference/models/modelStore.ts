import { readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve as resolvePath } from 'node:path';
import { errorText, type Logger } from '../../base/logger.ts';
import type { HardwareReport, ModelChoice } from '../../protocol/messages.ts';
import { ProblemError } from '../../protocol/problems.ts';
import {
  type CatalogueModel,
  catalogue,
  catalogueModel,
  type DownloadableModel,
  fileNameOf,
  isDownloadable,
  runningBytes,
  starterId,
} from './catalogue.ts';
import { type DownloadOptions, downloadModel } from './download.ts';
import { checkGguf, type GgufSummary } from './gguf.ts';
import { partBytesOf } from './partFile.ts';
import { fitOf, rankModels } from './recommend.ts';

/** A model on this disk that may be loaded. */
interface ModelFile {
  /** Catalogue id, or the absolute path. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly memoryBytes: number;
  /** A name in `completion/fimFormats.ts`; absent for files the catalogue does not know. */
  readonly fimFormat?: string;
}

export interface ModelStoreOptions {
  readonly starterPath: string;
  readonly modelsFolder: string;
  readonly log: Logger;
}

export interface ModelStore {
  /**
   * What can complete code here: the catalogue's completion models, then the GGUF files that lie in the models folder
   * beside them, then the selected file if it lies elsewhere.
   */
  list(hardware: HardwareReport, selectedId: string): Promise<readonly ModelChoice[]>;
  /**
   * The file of a catalogue id or an absolute path; empty means the starter. The file's header has been checked.
   * Throws `ProblemError` (`model.unknown`, `model.notDownloaded`, and those of `checkGguf`).
   */
  resolve(idOrPath: string, signal?: AbortSignal): Promise<ModelFile>;
  /** Downloads a catalogue model unless it is here. Throws `ProblemError` (`model.unknown`, `download.*`). */
  download(id: string, options?: DownloadOptions): Promise<void>;
}

export function createModelStore({ starterPath, modelsFolder, log }: ModelStoreOptions): ModelStore {
  const downloadable = catalogue.filter(isDownloadable);
  const pathOf = (model: DownloadableModel): string => join(modelsFolder, fileNameOf(model));
  const rowAt = (path: string): CatalogueModel | undefined =>
    downloadable.find((row) => resolvePath(pathOf(row)) === resolvePath(path));

  async function stateOf(row: CatalogueModel): Promise<ModelChoice['state']> {
    if (!isDownloadable(row)) return 'embedded';
    const stats = await stat(pathOf(row)).catch(() => undefined);
    if (stats?.isFile() && (!row.exactSize || stats.size === row.downloadBytes)) return 'downloaded';
    return (await partBytesOf(pathOf(row))) > 0 ? 'partial' : 'available';
  }

  async function localChoice(path: string, hardware: HardwareReport): Promise<ModelChoice | undefined> {
    try {
      return choiceOfFile(path, await checkGguf(path), hardware);
    } catch (cause) {
      log.warn(`left out of the list of models: ${errorText(cause)}`);
      return undefined;
    }
  }

  async function localPaths(selectedId: string): Promise<readonly string[]> {
    const names = await readdir(modelsFolder).catch(() => []);
    const paths = names.filter((name) => name.endsWith('.gguf')).map((name) => join(modelsFolder, name));
    if (isAbsolute(selectedId)) paths.push(selectedId);
    const unknown = paths.map((path) => resolvePath(path)).filter((path) => !rowAt(path));
    return [...new Set(unknown)];
  }

  return {
    async list(hardware, selectedId) {
      const rows = catalogue.filter((row) => row.use === 'completion');
      const fits = rankModels(rows, hardware);
      const known = await Promise.all(
        rows.map(async (row) => choiceOfRow(row, await stateOf(row), fits.get(row.id) ?? 'tooLarge')),
      );
      const paths = await localPaths(selectedId);
      const local = await Promise.all(paths.map((path) => localChoice(path, hardware)));
      return [...known, ...local.filter((choice) => choice !== undefined)];
    },

    async resolve(idOrPath, signal) {
      const row = isAbsolute(idOrPath) ? rowAt(idOrPath) : catalogueModel(idOrPath || starterId);
      if (!row) {
        if (!isAbsolute(idOrPath)) throw new ProblemError({ code: 'model.unknown', id: idOrPath });
        const memoryBytes = memoryOf(await checkGguf(idOrPath, signal));
        return { id: idOrPath, name: nameOf(idOrPath), path: idOrPath, memoryBytes };
      }
      const path = isDownloadable(row) ? pathOf(row) : starterPath;
      if (isDownloadable(row) && !(await exists(path)))
        throw new ProblemError({ code: 'model.notDownloaded', name: row.name });
      await checkGguf(path, signal);
      const { id, name, memoryBytes, fimFormat } = row;
      return { id, name, path, memoryBytes, ...(fimFormat !== undefined && { fimFormat }) };
    },

    async download(id, options) {
      const row = catalogueModel(id);
      if (!row) throw new ProblemError({ code: 'model.unknown', id });
      if (isDownloadable(row)) await downloadModel(row, modelsFolder, options);
    },
  };
}

function choiceOfRow(row: CatalogueModel, state: ModelChoice['state'], fit: ModelChoice['fit']): ModelChoice {
  const { id, name, licence, restricted, downloadBytes, memoryBytes } = row;
  const isHere = state === 'embedded' || state === 'downloaded';
  const host = isHere || !isDownloadable(row) ? {} : { host: new URL(row.url).host };
  return { id, name, licence, restricted, downloadBytes, memoryBytes, state, fit, ...host };
}

function choiceOfFile(path: string, summary: GgufSummary, hardware: HardwareReport): ModelChoice {
  const model = {
    parametersB: summary.parameterCount / 1e9,
    downloadBytes: summary.fileBytes,
    memoryBytes: memoryOf(summary),
  };
  return {
    id: path,
    name: nameOf(path),
    licence: '',
    restricted: false,
    downloadBytes: model.downloadBytes,
    memoryBytes: model.memoryBytes,
    state: 'downloaded',
    fit: fitOf(model, hardware),
  };
}

/** Takes 4 key-value heads of 128 numbers, as most models up to 8B have. */
function memoryOf({ fileBytes, blockCount, contextTokens }: GgufSummary): number {
  return runningBytes(fileBytes, 4 * blockCount * 4 * 128, contextTokens);
}

function nameOf(path: string): string {
  return basename(path).replace(/\.gguf$/i, '');
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
