import { mkdir } from 'node:fs/promises';
import type { Logger } from '../base/logger.ts';
import { createExclusion } from '../privacy/exclusion.ts';
import { chunkerVersion } from './chunks/chunker.ts';
import { createDiscovery } from './discover/discovery.ts';
import type { Embedder } from './embedder/embedder.ts';
import { loadStaticEmbedder } from './embedder/loadStaticEmbedder.ts';
import type { FolderTools, StoreFault } from './host/folderTools.ts';
import type { Embedding } from './host/indexedWorkspace.ts';
import type { IndexHostPaths } from './host/indexProtocol.ts';
import { FileReaders } from './indexer/fileReaders.ts';
import { FolderIndexer } from './indexer/folderIndexer.ts';
import { Forgotten } from './indexer/forgotten.ts';
import { Gate } from './indexer/gate.ts';
import { powerSource } from './indexer/power.ts';
import { holdWriterLock, tryWriterLock } from './indexer/writerLock.ts';
import { openReader } from './store/openReader.ts';
import { openStore } from './store/openStore.ts';
import { setAside } from './store/setAside.ts';
import { DiskFull, isPassing, StoreAbsent, StoreBroken, StoreUnsupported } from './store/storeFaults.ts';
import { storageOptions } from './storageOptions.ts';

export interface EmbeddingOptions {
  readonly paths: IndexHostPaths;
  /** Makes the vectors instead of the static embedder. */
  readonly model?: Embedder;
  /** Whether bulk work gives way to typing, and rests on battery. */
  readonly waitsForTheUser: boolean;
  readonly log: Logger;
}

/** Introduces the store, the indexer and the embedder to each other. Rejects when the static embedder cannot be read. */
export async function openEmbedding({ paths, model, waitsForTheUser, log }: EmbeddingOptions): Promise<Embedding> {
  const embedder = model ?? (await loadStaticEmbedder(paths.embedderPath));
  const { grammarFolder, embedderPath, workerPath } = paths;
  const reader = new FileReaders({
    workerPath,
    data: { grammarFolder, ...(model === undefined ? { embedderPath } : {}) },
    workers: 1,
    log,
  });
  const gate = new Gate({ powerSource: waitsForTheUser ? powerSource : async () => 'mains' });
  const make = {
    embedderId: embedder.id,
    dimensions: embedder.dimensions,
    chunkerVersion: String(chunkerVersion),
    log,
  };
  const tools: FolderTools = {
    tryLock: tryWriterLock,
    holdLock: holdWriterLock,
    async openWriter(place) {
      const { store, rebuilt } = await openStore({ ...place, ...make, ...storageOptions(place.location, 'writer') });
      const why = surprises[rebuilt ?? ''];
      return { store, ...(why === undefined ? {} : { rebuilt: why }) };
    },
    openReader: (place) => openReader({ ...place, ...make, ...storageOptions(place.location, 'reader') }),
    setAside,
    faultOf,
    startIndexer: (start) =>
      FolderIndexer.start({
        ...start,
        discovery: createDiscovery({
          folder: start.folder,
          otherFolders: start.otherFolders,
          exclusion: createExclusion({ folders: [start.folder], log }),
          log,
        }),
        reader,
        gate,
        ...(model === undefined ? {} : { embedder: model }),
        storeFault: (cause) => {
          const fault = faultOf(cause);
          return fault === 'broken' || fault === 'diskFull' ? fault : undefined;
        },
        log,
      }),
    async noteForgotten(indexFolder, subfolder) {
      await mkdir(indexFolder, { recursive: true, mode: 0o700 });
      const forgotten = await Forgotten.load(indexFolder);
      await forgotten.add(subfolder);
    },
  };
  return { embedder, tools, [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose]() };
}

/** A new embedder, or a new way to cut files, is none: the new index is on its way, and that can be seen. */
const surprises: Readonly<Record<string, string>> = {
  damaged: 'its files are damaged',
  version: 'it was made by another version of Hearth',
};

function faultOf(cause: unknown): StoreFault | undefined {
  if (cause instanceof StoreBroken) return 'broken';
  if (cause instanceof StoreAbsent) return 'absent';
  if (cause instanceof DiskFull) return 'diskFull';
  if (cause instanceof StoreUnsupported) return 'unsupported';
  return isPassing(cause) ? 'unreachable' : undefined;
}
