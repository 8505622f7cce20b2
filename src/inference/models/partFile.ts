import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';

/** What a part is a part of; anything else found beside it makes the part worthless. */
export interface PartOrigin {
  readonly url: string;
  readonly sha256: string;
}

/**
 * The beginning of a file that is being downloaded: `NAME.part`, with `NAME.part.json` beside it telling of what.
 * Hashes what it holds and what is appended, so that the whole file is known when it is complete.
 */
export class PartFile {
  readonly #path: string;
  readonly #origin: PartOrigin;
  readonly #file: FileHandle;
  #hash: Hash;
  #bytes: number;
  /** The version that the server sent, as its `ETag` header; empty when it sent none. */
  #etag: string;

  private constructor(path: string, origin: PartOrigin, file: FileHandle, bytes: number, etag: string, hash: Hash) {
    this.#path = path;
    this.#origin = origin;
    this.#file = file;
    this.#bytes = bytes;
    this.#etag = etag;
    this.#hash = hash;
  }

  /** Opens the part of `finalPath`, empty unless an earlier download of the same origin left something usable. */
  static async open(finalPath: string, origin: PartOrigin, signal: AbortSignal): Promise<PartFile> {
    const path = partPathOf(finalPath);
    const etag = await recordedEtag(path, origin);
    const hash = createHash('sha256');
    let bytes = 0;
    if (etag !== undefined)
      for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
        hash.update(chunk);
        bytes += chunk.length;
      }
    const file = await open(path, bytes > 0 ? 'r+' : 'w');
    return new PartFile(path, origin, file, bytes, etag ?? '', hash);
  }

  get bytes(): number {
    return this.#bytes;
  }

  get etag(): string {
    return this.#etag;
  }

  /** Remembers the server's version before its first byte is kept. */
  async record(etag: string): Promise<void> {
    this.#etag = etag;
    await writeFile(recordPathOf(this.#path), JSON.stringify({ ...this.#origin, etag }));
  }

  /** What is counted and hashed is on its way to the disk: the three never disagree, whenever writing stops. */
  async append(chunk: Buffer): Promise<void> {
    for (let written = 0; written < chunk.length; ) {
      const { bytesWritten } = await this.#file.write(chunk, written, chunk.length - written, this.#bytes + written);
      written += bytesWritten;
    }
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  async startOver(): Promise<void> {
    await this.#file.truncate(0);
    this.#hash = createHash('sha256');
    this.#bytes = 0;
  }

  /** Makes the part the whole file if its hash is right, else deletes it. The part is closed afterwards. */
  async finish(finalPath: string): Promise<boolean> {
    const matches = this.#hash.digest('hex') === this.#origin.sha256;
    if (matches) await this.#file.sync();
    await this.#file.close();
    if (matches) await rename(this.#path, finalPath);
    else await rm(this.#path, { force: true });
    await rm(recordPathOf(this.#path), { force: true });
    return matches;
  }

  /** Closing twice does nothing. */
  async close(): Promise<void> {
    await this.#file.close();
  }
}

const partPathOf = (finalPath: string): string => `${finalPath}.part`;
const recordPathOf = (partPath: string): string => `${partPath}.json`;

/** How much of a file an unfinished download has; 0 without one. */
export async function partBytesOf(finalPath: string): Promise<number> {
  const stats = await stat(partPathOf(finalPath)).catch(() => undefined);
  return stats?.size ?? 0;
}

/** The version that a usable part is of (empty when unknown); undefined when there is no usable part. */
async function recordedEtag(partPath: string, origin: PartOrigin): Promise<string | undefined> {
  try {
    await stat(partPath);
    const record: unknown = JSON.parse(await readFile(recordPathOf(partPath), 'utf8'));
    return isRecord(record) && record.url === origin.url && record.sha256 === origin.sha256 ? record.etag : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is PartOrigin & { readonly etag: string } {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['url', 'sha256', 'etag'].map((key) => Reflect.get(value, key));
  return texts.every((text) => typeof text === 'string');
}
