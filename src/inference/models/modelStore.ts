import { readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve as resolvePath } from 'node:path';
import { errorText, type Logger } from '../../base/logger.ts';
import type { HardwareReport, ModelChoice } from '../../protocol/messages.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { catalogue, catalogueModel, fileNameOf, isDownloadable, runningBytes, starterId } from './catalogue.ts';
import type { CatalogueModel, DownloadableModel } from './catalogueRow.ts';
import { type DownloadOptions, downloadModel } from './download.ts';
import { checkGguf, type GgufSummary } from './gguf.ts';
import { type ModelUse, useOf } from './modelUse.ts';
import { partBytesOf } from './partFile.ts';
import { fitOf, rankChatModels, rankModels } from './recommend.ts';

/** A model on this disk that may be loaded. */
interface StoredModel {
  /** Catalogue id, or the absolute path. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly memoryBytes: number;
  /** A name in `completion/fimFormats.ts`; absent for files the catalogue does not know. */
  readonly fimFormat?: string;
  /** False for one that is known not to answer questions. */
  readonly chats?: boolean;
  /** What the file calls itself (`general.name`); may be empty. */
  readonly title: string;
}

export interface ModelStoreOptions {
  readonly starterPath: string;
  readonly modelsFolder: string;
  readonly log: Logger;
}

export interface ModelStore {
  /**
   * What has this use here: the catalogue's models, then the GGUF files that lie in the models folder beside them, then
   * the selected file if it lies elsewhere. Completion models unless told; files of which the catalogue does not know
   * whether they chat count as such.
   */
  list(hardware: HardwareReport, selectedId: string, use?: ModelUse): Promise<readonly ModelChoice[]>;
  /**
   * The file of a catalogue id or an absolute path; empty means the starter. The file's header has been checked.
   * Throws `ProblemError` (`model.unknown`, `model.notDownloaded`, `model.noFim` for one that only searches, and those of
   * `checkGguf`).
   */
  resolve(idOrPath: string, signal?: AbortSignal): Promise<StoredModel>;
  /**
   * The same for a model that embeds. Throws `ProblemError` (`model.unknownEmbedder`, `model.notDownloaded`,
   * `model.notEmbedding`, and those of `checkGguf`).
   */
  resolveEmbedder(idOrPath: string, signal?: AbortSignal): Promise<StoredModel>;
  /** The strongest reranker that lies in the models folder, the catalogue's before others; undefined without one. */
  findReranker(): Promise<StoredModel | undefined>;
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

  async function localChoice(path: string, hardware: HardwareReport, use: ModelUse): Promise<ModelChoice | undefined> {
    try {
      const summary = await checkGguf(path);
      const named = { ...summary, name: `${summary.name} ${nameOf(path)}` };
      return useOf(named) === use ? choiceOfFile(path, summary, hardware) : undefined;
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

  /** Undefined when the catalogue has no such id. */
  async function find(idOrPath: string, signal?: AbortSignal): Promise<FoundModel | undefined> {
    const row = isAbsolute(idOrPath) ? rowAt(idOrPath) : catalogueModel(idOrPath);
    if (!row) {
      if (!isAbsolute(idOrPath)) return undefined;
      const summary = await checkGguf(idOrPath, signal);
      const name = nameOf(idOrPath);
      // Some files have no name of their own, or a poor one.
      const use = useOf({ ...summary, name: `${summary.name} ${name}` });
      return { id: idOrPath, name, path: idOrPath, memoryBytes: memoryOf(summary), title: summary.name, use };
    }
    const path = isDownloadable(row) ? pathOf(row) : starterPath;
    if (isDownloadable(row) && !(await exists(path)))
      throw new ProblemError({ code: 'model.notDownloaded', name: row.name });
    const { name: title } = await checkGguf(path, signal);
    const { id, name, memoryBytes, fimFormat, chats, use } = row;
    const known = { ...(fimFormat !== undefined && { fimFormat }), ...(chats !== undefined && { chats }) };
    return { id, name, path, memoryBytes, title, use, ...known };
  }

  return {
    async list(hardware, selectedId, use = 'completion') {
      const rows = catalogue.filter((row) => row.use === use);
      const fits = (rankings[use] ?? fitsOf)(rows, hardware);
      const known = await Promise.all(
        rows.map(async (row) => choiceOfRow(row, await stateOf(row), fits.get(row.id) ?? 'tooLarge')),
      );
      const paths = await localPaths(selectedId);
      const local = await Promise.all(paths.map((path) => localChoice(path, hardware, use)));
      return [...known, ...local.filter((choice) => choice !== undefined)];
    },

    async resolve(idOrPath, signal) {
      const found = await find(idOrPath || starterId, signal);
      if (found === undefined) throw new ProblemError({ code: 'model.unknown', id: idOrPath });
      const { use, ...model } = found;
      if (use === 'embedding' || use === 'rerank') throw new ProblemError({ code: 'model.noFim', name: model.name });
      return model;
    },

    async resolveEmbedder(idOrPath, signal) {
      const found = await find(idOrPath, signal);
      if (found === undefined) throw new ProblemError({ code: 'model.unknownEmbedder', id: idOrPath });
      const { use, ...model } = found;
      if (use !== 'embedding') throw new ProblemError({ code: 'model.notEmbedding', name: model.name });
      return model;
    },

    async findReranker() {
      const known = downloadable.filter((row) => row.use === 'rerank').map(pathOf);
      for (const path of [...known.toReversed(), ...(await localPaths(''))]) {
        // Not there, or not sound: then it is not an offer.
        const found = await find(path).catch(() => undefined);
        if (found?.use === 'rerank') return found;
      }
      return undefined;
    },

    async download(id, options) {
      const row = catalogueModel(id);
      if (!row) throw new ProblemError({ code: 'model.unknown', id });
      if (isDownloadable(row)) await downloadModel(row, modelsFolder, options);
    },
  };
}

type FoundModel = StoredModel & { readonly use: ModelUse };

/** Of models that search, none is recommended: searching works without. */
const rankings: Partial<Record<ModelUse, typeof fitsOf>> = { completion: rankModels, chat: rankChatModels };

function fitsOf(rows: readonly CatalogueModel[], hardware: HardwareReport): ReadonlyMap<string, ModelChoice['fit']> {
  return new Map(rows.map((row) => [row.id, fitOf(row, hardware)]));
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
