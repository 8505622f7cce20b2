import { constants, type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { isMissingFile } from '../../base/missingFile.ts';
import { writeAtomically } from '../../base/atomicFile.ts';
import { tryLock } from '../../base/fileLock.ts';
import { errorText } from '../../base/logger.ts';
import type { Conversation } from '../../protocol/chatMessages.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { type ReadConversation, readConversation } from './readConversation.ts';
import { type ChatRecord, lineOf } from './records.ts';

/** What only deleting takes away: the name of a damaged file begins with the name of the one that took its place. */
const damagedSuffix = '.damaged-';

/** Begins a file. It is there as a whole, and on the disk, when this resolves. */
export function createFile(path: string, records: readonly ChatRecord[]): Promise<void> {
  return writeAtomically(path, (file) => file.writeFile(records.map(lineOf).join('')));
}

/**
 * Puts a line at the end of a file that exists, in one write, so that several windows may do so at once. When this
 * resolves a killed process loses nothing of it; a power cut can cost what the system had not written yet. Rejects with
 * a `ProblemError`: the conversation was deleted, or the disk is full.
 */
export async function appendRecord(path: string, record: ChatRecord): Promise<void> {
  try {
    // Never creates: what was deleted in another window stays deleted.
    await using file = await open(path, constants.O_RDWR | constants.O_APPEND);
    const mark = (await endsWithinLine(file)) ? `\n${lineOf({ kind: 'torn' })}` : '';
    const bytes = Buffer.from(mark + lineOf(record));
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) throw new Error(`only ${bytesWritten} of ${bytes.length} bytes were written`);
  } catch (cause) {
    throw problemOf(cause);
  }
}

/**
 * Reads a conversation. A file that is damaged within is set aside, and what could be read of it takes its place; `aside`
 * is where the damaged one lies then. Rejects with a `ProblemError` when there is none.
 */
export async function readFileOf(
  path: string,
  name: Pick<Conversation, 'folder' | 'id'>,
): Promise<ReadConversation & { readonly aside?: string }> {
  const read = readConversation(name, await textOf(path));
  if (read.damage === undefined) return read;
  // Whoever else holds the lock is mending it right now.
  const lock = await tryLock(`${path}.lock`);
  if (lock === undefined) return read;
  try {
    const aside = `${path}${damagedSuffix}${new Date().toISOString().replaceAll(':', '-')}`;
    await rename(path, aside);
    const last = readConversation(name, await textOf(aside));
    await createFile(path, recordsOf(last.conversation));
    return { ...last, aside };
  } finally {
    await lock.release();
  }
}

function recordsOf({ title, createdMs, turns, head }: Conversation): readonly ChatRecord[] {
  return [
    { kind: 'start', title, createdMs },
    ...turns.map((turn): ChatRecord => ({ kind: 'turn', turn })),
    ...(head === null ? [] : [{ kind: 'head', turn: head } as const]),
  ];
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw isMissingFile(cause) ? new ProblemError({ code: 'chat.gone' }, { cause }) : cause;
  });
}

async function endsWithinLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer[0] !== 0x0a;
}

function problemOf(cause: unknown): ProblemError {
  if (isMissingFile(cause)) return new ProblemError({ code: 'chat.gone' }, { cause });
  return new ProblemError({ code: 'chat.notSaved', reason: errorText(cause) }, { cause });
}
