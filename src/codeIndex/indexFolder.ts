/**
 * Indexes one folder for many readers, in one pass: for a build server, or a nightly job.
 * Usage: `node indexFolder.js --folder <path> --to <s3://bucket/prefix or path>`. Progress goes to the standard error; the
 * exit code is 0 when everything is indexed, 130 after Ctrl-C, else 1. What was done stays done: the next run goes on.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Logger } from '../base/logger.ts';
import type { IndexStatus } from '../protocol/indexMessages.ts';
import { describeProblem, type Problem } from '../protocol/problems.ts';
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
  if (!(await isFolder(folder))) throw new Error(`${folder} is no folder`);
  // Empty at each run: an indexer that remembered the last commit would keep what only that one had, for going back to it.
  const notes = await mkdtemp(join(tmpdir(), 'hearth-index-'));
  try {
    return await indexOnce({ folder, to, notes }, signal);
  } finally {
    await rm(notes, { recursive: true, force: true });
  }
}

async function indexOnce(
  { folder, to, notes }: { readonly folder: string; readonly to: string; readonly notes: string },
  signal: AbortSignal,
): Promise<number> {
  const dist = import.meta.dirname;
  await using embedding = await openEmbedding({
    paths: {
      indexFolder: notes,
      grammarFolder: join(dist, 'grammars'),
      embedderPath: join(dist, '..', 'models', 'starter-embedder.safetensors'),
      workerPath: join(dist, 'fileWorker.js'),
    },
    waitsForTheUser: false,
    log,
  });
  const { tools } = embedding;
  // Other processes, and other machines, may write there as well.
  await using lease = await holdWriterLease({ location: to, ...storageOptions(to, 'writer'), signal, log });
  const { store: opened } = await tools.openWriter({ location: to, folder });
  await using store = opened;
  const onProblem = (problem: Problem) => say(describeProblem(problem).message);
  const start = { store, folder, otherFolders: [], indexFolder: notes, paused: false, onProblem };
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
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
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
