// Cuts places out of a file as completions have them: the rest of a line, a line, a few lines.
import { createHash } from 'node:crypto';
import { maskSecrets } from './maskSecrets.mjs';

const prefixCharacters = 620;
const suffixCharacters = 260;
const maxLine = 140;
const maxText = 360;

/** Of ten places, so many of each kind. */
const kinds = ['rest', 'rest', 'rest', 'rest', 'line', 'line', 'line', 'lines', 'lines', 'lines'];

const noCode = /^\s*(?:\/\/|#(?!include|define|\[)|\/?\*|--|<!--|"""|'''|%|;)/;
const imports =
  /^\s*(?:import|from|package|use|using|namespace|require|include|#include|export \*|export \{|@import)\b/;
const notice = /TO[D]O\(|copyright|licen[cs]e|SPDX|all rights reserved|@author|\bauthors?\b|generated|DO NOT EDIT/i;
const email = /[\w.+-]+@[\w-]+\.\w/;
const encoded = /[A-Za-z0-9+/=_-]{60,}/;

/**
 * One place of a file, the same at every run; undefined when nothing in it will do.
 * @returns {prefix, text, suffix}
 */
export function placeIn({ key, text }) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const code = codeLines(lines);
  const order = lines
    .map((_, at) => at)
    .filter((at) => at >= 3 && code[at] && lines[at].trim().length >= 8 && lines[at].length <= maxLine)
    .toSorted((a, b) => lot(`${key} ${a}`) - lot(`${key} ${b}`));
  const cut = cuts[kinds[lot(`${key} kind`) % kinds.length]];
  for (const at of order.slice(0, 40)) {
    const place = cut(lines, at, `${key} ${at} cut`);
    if (place !== undefined && isFit(place)) return place;
  }
  return undefined;
}

const cuts = {
  /** From behind a bracket, an operator or a space to the end of the line. */
  rest(lines, at, key) {
    const line = lines[at];
    const indent = line.search(/\S/);
    const columns = Array.from(line, (_, column) => column).filter(
      (column) =>
        column >= indent + 3 &&
        /[\s(.=,:[{>]$/.test(line.slice(0, column)) &&
        /^\S/.test(line.slice(column)) &&
        line.length - column >= 6,
    );
    if (columns.length === 0) return undefined;
    return between(lines, at, columns[lot(key) % columns.length], at, line.length);
  },
  line(lines, at) {
    return between(lines, at, lines[at].search(/\S/), at, lines[at].length);
  },
  /** Whole statements or a whole block: what comes after is indented no more than the first of them. */
  lines(lines, at, key) {
    const indent = lines[at].search(/\S/);
    const wanted = 1 + (lot(key) % 5);
    for (let end = at + wanted; end > at; end--) {
      const inside = lines.slice(at, end + 1);
      const below = lines[end + 1];
      if (inside.some((line) => line.trim() === '' || line.search(/\S/) < indent) || below === undefined) continue;
      if (below.trim() !== '' && below.search(/\S/) > indent) continue;
      if (isBalanced(inside.join('\n'))) return between(lines, at, indent, end, lines[end].length);
    }
    return undefined;
  },
};

function between(lines, from, column, to, end) {
  const text =
    from === to
      ? lines[from].slice(column, end)
      : [lines[from].slice(column), ...lines.slice(from + 1, to), lines[to].slice(0, end)].join('\n');
  const head = lines[from].slice(0, column);
  const tail = lines[to].slice(end);
  let first = from;
  let room = prefixCharacters - head.length;
  while (first > 0 && lines[first - 1].length + 1 <= room) room -= lines[--first].length + 1;
  let last = to;
  let below = suffixCharacters - tail.length;
  while (last + 1 < lines.length && lines[last + 1].length + 1 <= below) below -= lines[++last].length + 1;
  return {
    prefix: [...lines.slice(first, from), head].join('\n'),
    text,
    suffix: [tail, ...lines.slice(to + 1, last + 1)].join('\n'),
  };
}

function isFit({ prefix, text, suffix }) {
  const whole = prefix + text + suffix;
  return (
    text.length <= maxText &&
    text.replaceAll(/\s/g, '').length >= 6 &&
    prefix.split('\n').length >= 4 &&
    prefix.trim().length >= 60 &&
    ![notice, email, encoded].some((pattern) => pattern.test(whole)) &&
    /^[\t\n\x20-\x7e]*$/.test(whole) &&
    maskSecrets(whole) === whole
  );
}

/** Which lines are code: not blank, no comment or doc string, no import. */
function codeLines(lines) {
  let isInside = false;
  return lines.map((line) => {
    const wasInside = isInside;
    const fences = line.match(/"""|'''/g)?.length ?? 0;
    if (fences % 2 === 1) isInside = !isInside;
    else if (/\/\*/.test(line) && !/\*\//.test(line)) isInside = true;
    else if (isInside && /\*\//.test(line)) isInside = false;
    return !wasInside && !isInside && line.trim() !== '' && !noCode.test(line) && !imports.test(line);
  });
}

function isBalanced(text) {
  let depth = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth < 0) return false;
  }
  return depth === 0;
}

/** A whole number, the same for the same text on every machine. */
export function lot(text) {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}
