import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { integer, normal, uniform } from './random.mjs';

/**
 * Real source files that somebody else wrote, in the versions that package-lock.json and llama.cpp's bundle pin.
 * `{llama.cpp}` is the source folder that the benchmark builds its peer from.
 */
const sources = [
  { path: 'htmlparser2/src/Tokenizer.ts', languageId: 'typescript' },
  { path: '{llama.cpp}/gguf-py/gguf/gguf_writer.py', languageId: 'python' },
  { path: 'js-yaml/lib/loader.js', languageId: 'javascript' },
  { path: 'node-llama-cpp/llama/addon/AddonContext.cpp', languageId: 'cpp' },
  { path: 'commander/lib/command.js', languageId: 'javascript' },
  { path: '@huggingface/jinja/src/runtime.ts', languageId: 'typescript' },
];
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Median time between two keys; the spread and the limits are those of an ordinary typist who knows what to write. */
const medianGapMs = 140;
const gapSpread = 0.45;
const shortestGapMs = 60;
const longestGapMs = 350;
const wrongKeyShare = 0.03;
/** At a line's end, and now and then after a word, people look up. */
const lookUpShare = 0.2;
const medianLookMs = 900;
const shortestLookMs = 400;
const longestLookMs = 3000;

/**
 * One segment: a file with a few lines removed, and the keys that write them again. Deterministic for a seed.
 *
 * @typedef {{gapMs: number, inserted: string, deleted: number}} Key `deleted` characters left of the cursor go, then `inserted` comes
 * @typedef {{name: string, languageId: string, text: string, cursor: number, keys: Key[]}} Segment
 *
 * @param {{segments: number, characters: number, seed: number, llamaCppFolder: string}} options
 * @returns {Segment[]}
 */
export function typingTrace({ segments, characters, seed, llamaCppFolder }) {
  return Array.from({ length: segments }, (_, index) => {
    const source = sources[index % sources.length];
    const path = source.path.startsWith('{llama.cpp}')
      ? source.path.replace('{llama.cpp}', llamaCppFolder)
      : join(modules, source.path);
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    const next = uniform(seed + index);
    const { before, region, after } = cutOut(text, characters, next);
    return {
      name: `${index + 1}-${basename(source.path)}`,
      languageId: source.languageId,
      text: before + after,
      cursor: before.length,
      keys: keysFor(region, next),
    };
  });
}

/** The document and the cursor after each key, as an editor would have them. */
export function* statesOf(segment) {
  let { text, cursor } = segment;
  for (const key of segment.keys) {
    const start = cursor - key.deleted;
    const change = { start, end: cursor, inserted: key.inserted };
    text = text.slice(0, start) + key.inserted + text.slice(cursor);
    cursor = start + key.inserted.length;
    yield { key, change, text, cursor };
  }
}

/** Takes some whole lines of code out of the body of a function, from the middle half of the file. */
function cutOut(text, characters, next) {
  const lines = text.split('\n');
  for (;;) {
    const first = integer(next, Math.floor(lines.length / 4), Math.floor((lines.length * 3) / 4));
    let last = first;
    for (let length = 0; length < characters && isCode(lines[last] ?? ''); last++) length += lines[last].length;
    const region = lines.slice(first, last);
    if (region.join('\n').trim().length < characters * 0.7 || !isCode(lines[first - 1])) continue;
    return {
      before: lines.slice(0, first).join('\n'),
      region: `\n${region.join('\n')}`,
      after: `\n${lines.slice(last).join('\n')}`,
    };
  }
}

function isCode(line) {
  return /^\s+[^\s/*#]/.test(line) && line.length < 110;
}

/** Enter brings the next line's indentation along, as editors do. */
function keysFor(region, next) {
  const keys = [];
  for (const [inserted] of region.matchAll(/\n[ \t]*|[^\n]/g)) {
    const previous = keys.at(-1)?.inserted ?? '';
    if (/^\w$/.test(inserted) && next() < wrongKeyShare) {
      keys.push({ gapMs: gap(next), inserted: inserted === 'e' ? 'r' : 'e', deleted: 0 });
      keys.push({ gapMs: integer(next, 150, 400), inserted: '', deleted: 1 });
    }
    const looksUp = inserted.startsWith('\n') || (/^\W$/.test(previous) && next() < lookUpShare);
    keys.push({ gapMs: looksUp ? look(next) : gap(next), inserted, deleted: 0 });
  }
  return keys;
}

function gap(next) {
  return logNormal(next, medianGapMs, shortestGapMs, longestGapMs);
}

function look(next) {
  return logNormal(next, medianLookMs, shortestLookMs, longestLookMs);
}

function logNormal(next, median, low, high) {
  return Math.round(Math.min(high, Math.max(low, median * Math.exp(gapSpread * normal(next)))));
}
