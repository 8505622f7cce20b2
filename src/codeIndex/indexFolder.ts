/**
 * Indexes one folder for many readers, in one pass: for a build server, or a nightly job.
 * Usage: `node indexFolder.js --folder <path> --to <s3://bucket/prefix or path>`. Progress goes to the standard error; the
 * exit code is 0 when everything is indexed, 130 after Ctrl-C, else 1. What was done stays done: the next run goes on.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from '../base/dataFolder.ts';
import type { Logger } from '../base/logger.ts';
import type { IndexStatus } from '../protocol/indexMessages.ts';
import { describeProblem, type Problem } from '../protocol/problems.ts';
import { locateIndex } from './host/indexLocation.ts';
import { openEmbedding } from './openEmbedding.ts';
import { storageOptions } from './storageOptions.ts';
import { isPassing } from './store/storeFaults.ts';
import { storageReason } from './store/storageReason.ts';
import { holdWriterLease } from './store/writerLease.ts';

const progressEveryMs = 1_000;
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const log: Logger = {
  debug() {},
  info: say,
  warn: say,
  error: (message, cause) => say(`${message}: ${isPassing(cause) ? storageReason(cause) : String(cause)}`),
};

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  process.exitCode = await indexFolder(readArguments(), stop.signal);
} catch (cause) {
  log.error('Not indexed', cause);
  process.exitCode = stop.signal.aborted ? 130 : 1;
}

async function indexFolder(
  { folder, to }: { readonly folder: string; readonly to: string },
  signal: AbortSignal,
): Promise<number> {
  const dist = import.meta.dirname;
  // What only the writer needs to know from one run to the next stays on this machine.
  const notes = await locateIndex(join(dataFolder(), 'indexed-for-others'), folder);
  if (notes === undefined) throw new Error(`${folder} is no folder`);
  await mkdir(notes.path, { recursive: true, mode: 0o700 });
  await using embedding = await openEmbedding({
    paths: {
      indexFolder: notes.path,
      grammarFolder: join(dist, 'grammars'),
      embedderPath: join(dist, '..', 'models', 'starter-embedder.safetensors'),
      workerPath: join(dist, 'fileWorker.js'),
    },
    waitsForTheUser: false,
    log,
  });
  const { tools } = embedding;
  const lock = await tools.tryLock(notes.path);
  if (lock === undefined) throw new Error('another process indexes this folder');
  try {
    // Other machines may write there as well.
    const lease = await holdWriterLease({ location: to, ...storageOptions(to, 'writer'), signal, log });
    await using _ = lease;
    const { store: opened } = await tools.openWriter({ location: to, folder });
    await using store = opened;
    const onProblem = (problem: Problem) => say(describeProblem(problem).message);
    const start = { store, folder, otherFolders: [], indexFolder: notes.path, paused: false, onProblem };
    await using indexer = await tools.startIndexer(start);
    const timer = setInterval(() => say(progressOf(indexer.status)), progressEveryMs);
    const over = AbortSignal.any([signal, lease.lost]);
    const stopped = new Promise<void>((done) => over.addEventListener('abort', () => done(), { once: true }));
    await Promise.race([indexer.passesDone, indexer.failed, stopped]).finally(() => clearInterval(timer));
    if (signal.aborted) return 130;
    if (lease.lost.aborted) throw new Error('another indexer has taken over, or the storage is out of reach');
    const { problem, files, chunks } = indexer.status;
    if (problem !== undefined || !indexer.isComplete) return 1;
    await store.tidy(over);
    say(`${files} files and ${chunks} chunks are in ${to}`);
    return 0;
  } finally {
    await lock.release();
  }
}

function progressOf({ progress, files }: IndexStatus): string {
  if (progress === undefined) return `${files} files`;
  return `${progress.filesDone} of ${progress.filesTotal} files, ${progress.filesPerSecond} per second`;
}

function readArguments(): { readonly folder: string; readonly to: string } {
  const { values } = parseArgs({ options: { folder: { type: 'string' }, to: { type: 'string' } } });
  const { folder, to } = values;
  if (folder === undefined || to === undefined) throw new Error('say --folder <path> --to <location>');
  return { folder: resolve(folder), to };
}
