/**
 * The index host's worker thread: reads files and makes chunks, terms and vectors of them, so that searching never waits
 * for it. A file that kills it costs that file (see `indexer/fileReaders.ts`).
 */
import { parentPort, workerData } from 'node:worker_threads';
import { errorText, silentLogger } from '../base/logger.ts';
import { maskSecrets } from '../privacy/secretText.ts';
import { createSyntax } from '../syntax/syntax.ts';
import { chunkerVersion, createChunker } from './chunks/chunker.ts';
import { decodeSource } from './discover/decodeSource.ts';
import { isGenerated } from './discover/generated.ts';
import { loadStaticEmbedder } from './embedder/loadStaticEmbedder.ts';
import type { FileParts } from './indexer/fileSteps.ts';
import { WorkerLoop } from './indexer/workerLoop.ts';
import type { FromWorker, ToWorker, WorkerData } from './indexer/workerMessages.ts';
import { WorkerPosition } from './indexer/workerPosition.ts';
import { searchTerms } from './terms.ts';

const port = parentPort;
if (port === null) throw new Error('This runs as a worker thread only');
const given: WorkerData = workerData;
const post = (message: FromWorker): void => port.postMessage(message, []);

try {
  const loop = new WorkerLoop(port, await partsOf(given), new WorkerPosition(given.position));
  port.on('message', (message: ToWorker) => void loop.take(message));
  post({ kind: 'ready' });
} catch (cause) {
  post({ kind: 'failed', message: errorText(cause) });
}

async function partsOf({ embedderPath, grammarFolder }: WorkerData): Promise<FileParts> {
  const embedder = embedderPath === undefined ? undefined : await loadStaticEmbedder(embedderPath);
  const chunker = createChunker({ syntax: createSyntax({ use: 'indexing', grammarFolder, log: silentLogger }) });
  return {
    version: String(chunkerVersion),
    sourceOf(bytes, { path }) {
      const text = decodeSource(bytes);
      return text === undefined || isGenerated(path, text) ? undefined : maskSecrets(text);
    },
    chunk: (source) => chunker.chunk({ ...source, path: '' }),
    terms: searchTerms,
    ...(embedder && { embed: (texts) => embedder.embed(texts) }),
  };
}
