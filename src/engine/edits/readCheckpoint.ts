import { type BeforeFile, hashOf, type PlannedFile } from '../../edits/plan/editPlan.ts';
import type { Target } from '../../edits/target/target.ts';

/** What files were before and after a change that was written. */
export interface Checkpoint {
  readonly id: string;
  /** Unix time in milliseconds. */
  readonly atMs: number;
  readonly files: readonly PlannedFile[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A checkpoint as its file has it; undefined for what is damaged, of another version, or no checkpoint. */
export function readCheckpoint(id: string, text: string): Checkpoint | undefined {
  const value = parsed(text);
  if (value === undefined || value['version'] !== 1 || value['id'] !== id) return undefined;
  const { atMs, files } = value;
  if (typeof atMs !== 'number' || !Array.isArray(files)) return undefined;
  const read = files.flatMap((file: unknown) => plannedFile(file) ?? []);
  return read.length === files.length && read.length > 0 ? { id, atMs, files: read } : undefined;
}

function plannedFile(value: unknown): PlannedFile | undefined {
  if (!isFields(value)) return undefined;
  const { kind, after } = value;
  const [target, to, before] = [targetOf(value['target']), targetOf(value['to']), beforeOf(value['before'])];
  if (target === undefined) return undefined;
  if (kind === 'delete') return before && { kind, target, before };
  if (typeof after !== 'string') return undefined;
  if (kind === 'create') return { kind, target, after };
  if (before === undefined) return undefined;
  if (kind === 'change') return { kind, target, before, after };
  return kind === 'rename' && to !== undefined ? { kind, target, to, before, after } : undefined;
}

/** Where it is protected is judged anew whenever it is rolled back. */
function targetOf(value: unknown): Target | undefined {
  if (!isFields(value)) return undefined;
  const { path, inside, exists } = value;
  if (typeof path !== 'string' || typeof inside !== 'string' || typeof exists !== 'boolean') return undefined;
  return { asked: path, path, inside, exists };
}

function beforeOf(value: unknown): BeforeFile | undefined {
  if (!isFields(value) || typeof value['text'] !== 'string') return undefined;
  return { text: value['text'], hash: hashOf(value['text']) };
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
