/** A file worker that does with a file what its first line says, before it makes one chunk of it. */
import { parentPort, workerData } from 'node:worker_threads';
import { WorkerLoop } from '../../../../src/codeIndex/indexer/workerLoop.ts';
import { WorkerPosition } from '../../../../src/codeIndex/indexer/workerPosition.ts';
import type { FileParts } from '../../../../src/codeIndex/indexer/fileSteps.ts';

const deeds: Readonly<Record<string, () => void>> = {
  exit: () => process.exit(1),
  throw: () => {
    throw new Error('not expected');
  },
  loop: () => {
    for (;;);
  },
  hoard: () => {
    for (const hoard: number[][] = []; ; ) hoard.push(Array.from({ length: 10_000 }, (_, at) => at));
  },
};

const parts: FileParts = {
  version: '1',
  sourceOf: (bytes) => Buffer.from(bytes).toString(),
  async chunk({ languageId, text }) {
    const [first = ''] = text.split('\n');
    const always = first.startsWith('always ');
    if (always || languageId !== 'plaintext') deeds[first.replace('always ', '')]?.();
    return [{ symbolPath: [languageId], kind: 'block', startLine: 0, endLine: 1, text, header: '' }];
  },
  terms: (text) => [text],
  embed: (texts) => texts.map((text) => Float32Array.of(text.length, 1)),
};

const loop = new WorkerLoop(parentPort ?? process.exit(2), parts, new WorkerPosition(workerData.position));
parentPort?.on('message', (message) => void loop.take(message));
