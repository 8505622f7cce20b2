import type { StoredChunk } from '../chunk.ts';
import type { Place } from './nearness.ts';

/** A chunk with its place in the fused order. */
export interface Ranked extends Place {
  readonly chunk: StoredChunk;
  readonly score: number;
}

/** More of one file wait until everything else has had its turn. */
const maxPerFile = 3;
/** Of the lines of both together: above, two chunks tell a reader the same. */
const leastSharedLines = 0.85;

/** The first `limit` of what is sorted best first: repetitions left out, further chunks of one file last. */
export function select<Each extends Ranked>(sorted: readonly Each[], limit: number): readonly Each[] {
  const kept: Each[] = [];
  const postponed: Each[] = [];
  const lines: ReadonlySet<string>[] = [];
  const perFile = new Map<string, number>();
  for (const each of sorted) {
    if (kept.length >= limit) break;
    const own = linesOf(each.chunk.text);
    if (lines.some((others) => isRepetition(own, others))) continue;
    lines.push(own);
    const file = `${each.folder}\n${each.path}`;
    const count = (perFile.get(file) ?? 0) + 1;
    perFile.set(file, count);
    (count > maxPerFile ? postponed : kept).push(each);
  }
  return [...kept, ...postponed].slice(0, limit);
}

function isRepetition(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (small.size < leastSharedLines * large.size) return false;
  let shared = 0;
  for (const line of small) if (large.has(line)) shared++;
  return shared >= leastSharedLines * (one.size + other.size - shared);
}

/** Without indentation, blank lines and what only closes. */
function linesOf(text: string): ReadonlySet<string> {
  const lines = text.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => /[\p{L}\p{N}]/u.test(line));
  return new Set(telling.length > 0 ? telling : lines);
}
