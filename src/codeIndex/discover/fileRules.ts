import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exclusion } from '../../privacy/exclusion.ts';
import { type FolderView, pathIn } from './folderView.ts';
import { isGenerated } from './generated.ts';
import { isGitIgnored } from './gitRules.ts';
import { languageOf, needsFirstLine } from './languages.ts';

/** A file that belongs into the index. */
export interface FoundFile {
  /** Relative to the workspace folder, `/`-separated, NFC. */
  readonly path: string;
  readonly absolutePath: string;
  readonly languageId: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Larger files are data rather than code. */
const maxFileBytes = 1_000_000;
/** Of a script's `#!` line. */
const firstLineBytes = 200;

/** A file on its way through the rules; each adds what it found out. */
interface Draft {
  readonly name: string;
  readonly folder: FolderView;
  readonly path: string;
  readonly absolutePath: string;
  readonly exclusion: Exclusion;
  languageId: string | undefined;
  bytes: number;
  modifiedMs: number;
}

type Rule = (draft: Draft) => boolean | Promise<boolean>;

/** In turn, the cheap ones first; what one of them refuses, the next never sees. Only the last reads, and after all others. */
const rules: readonly Rule[] = [mayHaveLanguage, isWritten, isNotGitIgnored, isNotExcluded, hasItsSize, hasLanguage];

/** The file, if it belongs into the index. Rejects when it cannot be read. */
export async function judgeFile(
  folder: FolderView,
  name: string,
  exclusion: Exclusion,
): Promise<FoundFile | undefined> {
  const path = pathIn(folder, name);
  const absolutePath = join(folder.absolutePath, name);
  const draft: Draft = {
    name,
    folder,
    path,
    absolutePath,
    exclusion,
    languageId: languageOf(path),
    bytes: 0,
    modifiedMs: 0,
  };
  for (const keeps of rules) {
    const kept = keeps(draft);
    if (!(typeof kept === 'boolean' ? kept : await kept)) return undefined;
  }
  const { languageId, bytes, modifiedMs } = draft;
  return languageId === undefined ? undefined : { path, absolutePath, languageId, bytes, modifiedMs };
}

function mayHaveLanguage({ languageId, path }: Draft): boolean {
  return languageId !== undefined || needsFirstLine(path);
}

function isWritten({ path }: Draft): boolean {
  return !isGenerated(path);
}

function isNotGitIgnored({ folder, name }: Draft): boolean {
  return !isGitIgnored(folder.rules, name, 'file');
}

async function isNotExcluded({ exclusion, absolutePath }: Draft): Promise<boolean> {
  return !(await exclusion.isExcluded(absolutePath));
}

async function hasItsSize(draft: Draft): Promise<boolean> {
  const found = await stat(draft.absolutePath);
  draft.bytes = found.size;
  draft.modifiedMs = found.mtimeMs;
  return found.isFile() && found.size > 0 && found.size <= maxFileBytes;
}

async function hasLanguage(draft: Draft): Promise<boolean> {
  draft.languageId ??= languageOf(draft.path, await firstLineOf(draft.absolutePath));
  return draft.languageId !== undefined;
}

async function firstLineOf(path: string): Promise<string> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(firstLineBytes), 0, firstLineBytes);
  return buffer.toString('latin1', 0, bytesRead).split(/\r?\n/, 1)[0] ?? '';
}
