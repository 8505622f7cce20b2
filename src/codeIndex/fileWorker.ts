/**
 * The index host's worker thread: reads files and makes chunks, terms and vectors of them, so that searching never waits
 * for it. A file that kills it costs that file (see `indexer/fileReaders.ts`).
 */
import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../base/logger.ts';
import { loadStaticEmbedder } from './embedder/loadStaticEmbedder.ts';
import type { FileParts } from './indexer/fileSteps.ts';
import { WorkerLoop } from './indexer/workerLoop.ts';
import type { FromWorker, ToWorker, WorkerData } from './indexer/workerMessages.ts';
import { WorkerPosition } from './indexer/workerPosition.ts';
import { searchTerms } from './terms.ts';

const port = parentPort;
if (port === null) throw new Error('This runs as a worker thread only');
const given: WorkerData = workerData;
const post = (message: FromWorker): void => port.postMessage(message);

try {
  const loop = new WorkerLoop(port, await partsOf(given), new WorkerPosition(given.position));
  port.on('message', (message: ToWorker) => void loop.take(message));
  post({ kind: 'ready' });
} catch (cause) {
  post({ kind: 'failed', message: errorText(cause) });
}

async function partsOf({ embedderPath }: WorkerData): Promise<FileParts> {
  const embedder = embedderPath === undefined ? undefined : await loadStaticEmbedder(embedderPath);
  return {
    version: '0',
    sourceOf: (bytes) => (bytes.includes(0) ? undefined : Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n')),
    chunk: ({ text }) => Promise.resolve(blocksOf(text)),
    terms: searchTerms,
    ...(embedder && { embed: (texts) => embedder.embed(texts) }),
  };
}

function blocksOf(text: string) {
  const lines = text.split('\n');
  const blocks = [];
  for (let at = 0; at < lines.length; at += 25) {
    const part = lines.slice(at, at + 25);
    if (part.join('').trim() !== '')
      blocks.push({
        symbolPath: [],
        kind: 'block' as const,
        startLine: at,
        endLine: at + part.length,
        text: part.join('\n'),
        header: '',
      });
  }
  return blocks;
}
