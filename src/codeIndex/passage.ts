import type { Chunk } from './chunk.ts';

/** What of a chunk is embedded: its names first, then its surroundings, then its text. Never its path: a rename keeps it. */
export function passageOf(chunk: Pick<Chunk, 'symbolPath' | 'header' | 'text'>): string {
  return [chunk.symbolPath.join(' '), chunk.header, chunk.text].filter((part) => part !== '').join('\n');
}
