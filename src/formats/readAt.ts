import type { FileHandle } from 'node:fs/promises';

/** `bytes` of a file from `position` on; undefined when it ends before, as when somebody cuts it short meanwhile. */
export async function readAt(file: FileHandle, position: number, bytes: number): Promise<Buffer | undefined> {
  const buffer = Buffer.allocUnsafeSlow(bytes);
  for (let filled = 0; filled < bytes; ) {
    const { bytesRead } = await file.read(buffer, filled, bytes - filled, position + filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return buffer;
}
