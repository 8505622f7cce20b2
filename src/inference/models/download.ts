import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { delay } from '../../base/aborts.ts';
import { type FileLock, tryLock } from '../../base/fileLock.ts';
import { errorText } from '../../base/logger.ts';
import type { DownloadProgress } from '../../protocol/messages.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { fileNameOf } from './catalogue.ts';
import type { DownloadableModel } from './catalogueRow.ts';
import { progressReporter, type Report } from './downloadProgress.ts';
import { bodyOf, ConnectionLost, get } from './httpGet.ts';
import { PartFile, partBytesOf } from './partFile.ts';
import { planFor, rangeHeaders } from './rangeAnswer.ts';

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Called about four times a second, and at the end. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Free bytes on the disk that holds a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Longest wait for a next byte. */
  readonly stallMs?: number;
}

interface Job {
  readonly model: DownloadableModel;
  readonly finalPath: string;
  readonly signal: AbortSignal;
  readonly stallMs: number;
  readonly report: Report;
}

const defaultStallMs = 30_000;
const pollMs = 250;
const reconnectMs = 500;
/** Space that the disk keeps, for everything else on it. */
const spareBytes = 100e6;
/** How far a size that is not exact may be off. */
const sizeTolerance = 0.05;

/**
 * Downloads a model into `folder` and returns its path, going on where an earlier download stopped. The file gets its
 * name only after its SHA-256 was right. A second download of the same file, from any process, waits for the first.
 * Every failure is a `ProblemError`; a cancelled download (`download.cancelled`) keeps what has arrived.
 */
export async function downloadModel(
  model: DownloadableModel,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  const finalPath = join(folder, fileNameOf(model));
  const signal = options.signal ?? new AbortController().signal;
  const stallMs = options.stallMs ?? defaultStallMs;
  const job: Job = { model, finalPath, signal, stallMs, report: progressReporter(model.id, options.onProgress) };
  const freeBytes = options.freeBytes ?? freeBytesOf;
  let lock: FileLock | undefined;
  try {
    await mkdir(folder, { recursive: true });
    lock = await waitForLock(job);
    if (await hasHash(finalPath, model.sha256, signal)) return finalPath;
    requireSpace(model.downloadBytes - (await partBytesOf(finalPath)), await freeBytes(folder));
    await fetchWhole(job);
    return finalPath;
  } catch (cause) {
    throw await problemOf(cause, job, () => freeBytes(folder));
  } finally {
    await lock?.release();
  }
}

/** While somebody else downloads the same file, shows their progress as ours. */
async function waitForLock({ model, finalPath, signal, report }: Job): Promise<FileLock> {
  for (;;) {
    signal.throwIfAborted();
    const lock = await tryLock(`${finalPath}.lock`);
    if (lock) return lock;
    report(await partBytesOf(finalPath), model.downloadBytes);
    await delay(pollMs, signal);
  }
}

async function fetchWhole(job: Job): Promise<void> {
  const { model, finalPath, signal } = job;
  const part = await PartFile.open(finalPath, { url: model.url, sha256: model.sha256 }, signal);
  try {
    if (model.exactSize && part.bytes > model.downloadBytes) await part.startOver();
    while (!(model.exactSize && part.bytes === model.downloadBytes)) {
      const bytesBefore = part.bytes;
      try {
        await fetchRest(part, job);
        break;
      } catch (cause) {
        // Large downloads lose their connection now and then: as long as each one brings something, ask for the rest.
        if (!(cause instanceof ConnectionLost) || part.bytes <= bytesBefore) throw cause;
        await delay(reconnectMs, signal);
      }
    }
    if (!(await part.finish(finalPath))) throw new ProblemError({ code: 'download.checksum', name: model.name });
  } finally {
    await part.close();
  }
}

async function fetchRest(part: PartFile, job: Job): Promise<void> {
  const { model, signal, stallMs, report } = job;
  const answer = await get(model.url, { headers: rangeHeaders(part.bytes, part.etag), signal, stallMs });
  const { statusCode = 0, headers } = answer.response;
  const refused = new ProblemError({ code: 'download.refused', host: answer.host, status: statusCode });
  try {
    const plan = planFor(statusCode, headers['content-range'] ?? '', part.bytes);
    if (plan === 'refused') throw refused;
    if (plan === 'complete') return;
    if (plan === 'askAgain') {
      await part.startOver();
      return await fetchRest(part, job);
    }
    const startBytes = plan === 'append' ? part.bytes : 0;
    const totalBytes = headers['content-length'] ? startBytes + Number(headers['content-length']) : model.downloadBytes;
    // A hotel's log-in page, say: no reason to throw away what is held.
    if (!isPlausible(totalBytes, model)) throw refused;
    if (plan === 'replace') await part.startOver();
    await part.record(headers.etag ?? '');
    report(part.bytes, totalBytes);
    for await (const chunk of bodyOf(answer)) {
      if (part.bytes + chunk.length > totalBytes && !isPlausible(part.bytes + chunk.length, model)) throw refused;
      await part.append(chunk);
      report(part.bytes, totalBytes);
    }
  } finally {
    answer.response.destroy();
  }
}

function isPlausible(totalBytes: number, model: DownloadableModel): boolean {
  const tolerance = model.exactSize ? 0 : sizeTolerance * model.downloadBytes;
  return Math.abs(totalBytes - model.downloadBytes) <= tolerance;
}

async function hasHash(path: string, sha256: string, signal: AbortSignal): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash, { signal });
  } catch {
    signal.throwIfAborted();
    return false;
  }
  return hash.digest('hex') === sha256;
}

function requireSpace(missingBytes: number, freeBytes: number): void {
  const needBytes = Math.max(0, missingBytes) + spareBytes;
  if (freeBytes < needBytes) throw new ProblemError({ code: 'download.diskFull', needBytes, freeBytes });
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function problemOf(cause: unknown, { model, finalPath, signal }: Job, freeBytes: () => Promise<number>) {
  if (cause instanceof ProblemError) return cause;
  const { name } = model;
  if (signal.aborted) return new ProblemError({ code: 'download.cancelled', name }, { cause });
  if (cause instanceof ConnectionLost)
    return new ProblemError({ code: 'download.offline', host: cause.host }, { cause });
  if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')) {
    const needBytes = model.downloadBytes - (await partBytesOf(finalPath));
    return new ProblemError({ code: 'download.diskFull', needBytes, freeBytes: await freeBytes() }, { cause });
  }
  return new ProblemError({ code: 'model.loadFailed', name, reason: errorText(cause) }, { cause });
}
