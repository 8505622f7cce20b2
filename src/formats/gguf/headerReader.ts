import type { FileHandle } from 'node:fs/promises';

/** Why a header cannot be read; whoever knows the file's path turns it into a problem. */
export class HeaderFault extends Error {
  /** For `truncated`: how long the file has to be at least. */
  readonly needBytes: number | undefined;
  constructor(reason: string, needBytes?: number) {
    super(reason);
    this.name = 'HeaderFault';
    this.needBytes = needBytes;
  }
}

const chunkBytes = 1024 * 1024;

/**
 * Reads little-endian values from the front of a file, holding one chunk of it at a time. Nothing is allocated by what
 * the file claims: a length is first held against the file's size and against `maxBytes`, the most a header may take.
 */
export class HeaderReader {
  readonly #file: FileHandle;
  readonly #fileBytes: number;
  readonly #maxBytes: number;
  readonly #signal: AbortSignal | undefined;
  #window: Buffer = Buffer.alloc(0);
  /** Where `#window` begins in the file, and where the next value begins in the window. */
  #windowStart = 0;
  #next = 0;

  constructor(file: FileHandle, fileBytes: number, maxBytes: number, signal?: AbortSignal) {
    this.#file = file;
    this.#fileBytes = fileBytes;
    this.#maxBytes = maxBytes;
    this.#signal = signal;
  }

  get position(): number {
    return this.#windowStart + this.#next;
  }

  /** True when `bytes` can be taken without touching the disk: lets tight loops skip an await. */
  holds(bytes: number): boolean {
    return this.#window.length - this.#next >= bytes;
  }

  /** Makes the next `bytes` available. Throws a `HeaderFault` when the file or the limit ends before. */
  async fill(bytes: number): Promise<void> {
    this.require(bytes);
    if (this.holds(bytes)) return;
    this.#signal?.throwIfAborted();
    const start = this.position;
    const window = Buffer.allocUnsafe(Math.min(Math.max(bytes, chunkBytes), this.#fileBytes - start));
    let filled = 0;
    while (filled < window.length) {
      const { bytesRead } = await this.#file.read(window, filled, window.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    // Somebody may be cutting the file short while it is read.
    if (filled < bytes) throw new HeaderFault('the file ends inside its header', start + bytes);
    this.#window = window.subarray(0, filled);
    this.#windowStart = start;
    this.#next = 0;
  }

  /** Checks that the header may go on for `bytes`, without reading them. */
  require(bytes: number): void {
    if (!Number.isSafeInteger(bytes) || this.position + bytes > this.#maxBytes)
      throw new HeaderFault('its header is larger than any real model needs');
    if (this.position + bytes > this.#fileBytes)
      throw new HeaderFault('the file ends inside its header', this.position + bytes);
  }

  async skip(bytes: number): Promise<void> {
    this.require(bytes);
    const inWindow = Math.min(bytes, this.#window.length - this.#next);
    this.#next += inWindow;
    if (inWindow < bytes) {
      this.#windowStart = this.position + bytes - inWindow;
      this.#window = Buffer.alloc(0);
      this.#next = 0;
    }
  }

  async uint32(): Promise<number> {
    await this.fill(4);
    return this.#window.readUInt32LE(this.#take(4));
  }

  /** Counts, lengths and offsets: anything above 2^53 is refused, since no file is that large. */
  async uint64(): Promise<number> {
    await this.fill(8);
    return this.takeUint64();
  }

  /** `uint64` for a caller that knows, by `holds`, that 8 bytes are there. */
  takeUint64(): number {
    const at = this.#take(8);
    const high = this.#window.readUInt32LE(at + 4);
    if (high > 0x1fffff) throw new HeaderFault('a number is impossibly large');
    return high * 2 ** 32 + this.#window.readUInt32LE(at);
  }

  /** Passes over `bytes` for a caller that knows, by `holds`, that they are there. */
  drop(bytes: number): void {
    this.#next += bytes;
  }

  /** The next bytes, valid until the next read. */
  async bytes(count: number): Promise<Buffer> {
    await this.fill(count);
    const at = this.#take(count);
    return this.#window.subarray(at, at + count);
  }

  /** A length and that many bytes of UTF-8. */
  async text(maxBytes: number, what: string): Promise<string> {
    const bytes = await this.uint64();
    if (bytes > maxBytes) throw new HeaderFault(`${what} is longer than ${maxBytes} bytes`);
    return (await this.bytes(bytes)).toString('utf8');
  }

  #take(bytes: number): number {
    const at = this.#next;
    this.#next += bytes;
    return at;
  }
}
