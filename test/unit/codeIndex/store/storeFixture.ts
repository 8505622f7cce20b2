import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { EmbeddedChunk, IndexedFile } from '../../../../src/codeIndex/chunk.ts';
import type { Candidate, StoreChange } from '../../../../src/codeIndex/store/indexStore.ts';
import type { StoreOptions } from '../../../../src/codeIndex/store/openStore.ts';

const dimensions = 8;

/** A new directory for a test; the store lies inside it. */
export function scratch(): Disposable & { readonly path: string; readonly location: string } {
  const path = mkdtempSync(join(tmpdir(), 'hearth-store-'));
  return {
    path,
    location: join(path, 'store'),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

export function optionsFor(location: string, more: Partial<StoreOptions> = {}): StoreOptions {
  return {
    location,
    folder: '/work space/project',
    embedderId: 'test-1',
    dimensions,
    chunkerVersion: '1',
    log: silentLogger,
    ...more,
  };
}

/** Points into the direction that the text decides. */
export function vectorOf(text: string): Float32Array {
  const digest = createHash('sha256').update(text).digest();
  const vector = Float32Array.from({ length: dimensions }, (_, at) => (digest[at] ?? 0) - 127.5);
  const length = Math.hypot(...vector);
  return vector.map((each) => each / length);
}

export const blobOf = (content: string): string => createHash('sha256').update(content).digest('hex').slice(0, 40);

/** One chunk per line of the file; its first word is its name. */
export function fileWith(path: string, content: string): { file: IndexedFile; chunks: EmbeddedChunk[] } {
  const blob = blobOf(content);
  const file = {
    path,
    blob,
    languageId: 'typescript',
    bytes: Buffer.byteLength(content),
    modifiedMs: 1_700_000_000_000.5,
  };
  const lines = content === '' ? [] : content.split('\n');
  const chunks = lines.map((text, at) => ({
    id: `${blob}:${at}`,
    blob,
    languageId: 'typescript',
    symbolPath: ['Outer', text.split(' ')[0] ?? ''],
    kind: 'function' as const,
    startLine: at,
    endLine: at + 1,
    text,
    header: 'class Outer {',
    terms: text.toLowerCase(),
    vector: vectorOf(text),
  }));
  return { file, chunks };
}

/** A change that brings these files: path to content. */
export function change(files: Readonly<Record<string, string>>, more: Partial<StoreChange> = {}): StoreChange {
  const all = Object.entries(files).map(([path, content]) => fileWith(path, content));
  return {
    files: all.map(({ file }) => file),
    chunks: all.flatMap(({ chunks }) => chunks),
    removed: [],
    orphans: 'delete',
    ...more,
  };
}

/** `path:text` of each, sorted. */
export function found(candidates: readonly Candidate[]): string[] {
  return candidates.flatMap(({ paths, chunk }) => paths.map((path) => `${path}:${chunk.text}`)).toSorted();
}
