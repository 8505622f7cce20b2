import { readFileSync } from 'node:fs';
import { integer, uniform } from '../random.mjs';

const linesAroundCursor = 20;
const wordsOfQuestion = 7;
const limit = 20;

/** Requests as they come from a person (some words that stand near each other) or from a cursor (lines of code). */
export function questionsFrom(sources, kind, count, seed) {
  const next = uniform(seed + kind.length);
  const files = sources.filter(({ path, bytes }) => /\.(ts|js|mjs|py|go|c|h)$/.test(path) && bytes > 1000);
  return Array.from({ length: count }, () => {
    const lines = readFileSync(files[integer(next, 0, files.length)].from, 'utf8').split('\n');
    const first = integer(next, 0, Math.max(1, lines.length - linesAroundCursor));
    const part = lines.slice(first, first + linesAroundCursor).join('\n');
    const words = part.match(/[A-Za-z]{3,}/g) ?? ['nothing'];
    return { text: kind === 'code' ? part.slice(0, 2000) : words.slice(0, wordsOfQuestion).join(' '), kind, limit };
  });
}
