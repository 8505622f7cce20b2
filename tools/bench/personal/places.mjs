import { integer } from '../random.mjs';
import { sampled } from '../retrieval/sample.mjs';

/** What people accept: a third whole lines, else the rest of a line; of both, a fifth with the lines below. */
const lineStartShare = 1 / 3;
const blockShare = 1 / 5;
const mostBlockLines = 4;
/** Letters of the line that are there when its rest is completed, and what is left to complete, blanks not counted. */
const leastTyped = 2;
const leastText = 4;
const maxLine = 160;

/**
 * Places where a developer accepts what stands there, deterministic for the state of `random`: file after file in any order,
 * each from its top to its end, no line twice.
 *
 * @param {{path: string, languageId: string, text: string}[]} files
 * @param {{count: number, random: () => number, isWanted?: (lines: string[]) => boolean}} options `isWanted`: asked about
 *   the lines that a place touches
 * @returns {{path: string, languageId: string, prefix: string, text: string, suffix: string, line: number, lines: number}[]}
 *   `prefix` and `suffix` are all of the file before and after
 */
export function placesIn(files, { count, random, isWanted = () => true }) {
  const documents = sampled(files, files.length, random).map((file) => ({
    ...file,
    lines: file.text.split('\n'),
    isCode: codeLines(file.text),
  }));
  const every = documents.flatMap((document, rank) =>
    document.lines.flatMap((line, at) =>
      document.isCode[at] && /\w/.test(line) && isWanted([line]) ? [{ document, rank, at }] : [],
    ),
  );
  const candidates = sampled(every, every.length, random);
  const taken = new Set();
  const chosen = [];
  for (let wanted = 0; wanted < count; wanted++) {
    const kind = { atLineStart: random() < lineStartShare, isBlock: random() < blockShare };
    for (const [index, { document, rank, at }] of candidates.entries()) {
      const place = cut(document, at, kind, random);
      if (place === undefined) continue;
      const touched = Array.from({ length: place.end - at }, (_, line) => `${document.path}:${at + line}`);
      if (touched.some((line) => taken.has(line)) || !isWanted(document.lines.slice(at, place.end))) continue;
      for (const line of touched) taken.add(line);
      candidates.splice(index, 1);
      chosen.push({ rank, document, at, ...place });
      break;
    }
  }
  return chosen.toSorted((a, b) => a.rank - b.rank || a.at - b.at).map(placeOf);
}

function placeOf({ document: { path, languageId, lines }, at, column, end }) {
  const head = lines[at].slice(0, column);
  return {
    path,
    languageId,
    prefix: [...lines.slice(0, at), head].join('\n'),
    text: [lines[at].slice(column), ...lines.slice(at + 1, end)].join('\n'),
    suffix: end === lines.length ? '' : `\n${lines.slice(end).join('\n')}`,
    line: at,
    lines: end - at,
  };
}

/** From which column to before which line; undefined where that kind of place does not exist. */
function cut(document, at, { atLineStart, isBlock }, random) {
  const line = document.lines[at];
  const indent = line.search(/\S/);
  const isEnough = (column) => line.slice(column).replaceAll(/\s/g, '').length >= leastText;
  const columns = atLineStart
    ? [indent]
    : Array.from(line, (_, column) => column).filter((column) => column >= indent + leastTyped);
  const fitting = columns.filter((column) => isEnough(column) && !/\s$/.test(line.slice(0, column + 1)));
  if (fitting.length === 0) return undefined;
  const end = isBlock ? blockEnd(document, at, indent) : at + 1;
  return end === undefined ? undefined : { column: fitting[integer(random, 0, fitting.length)], end };
}

/** The longest small block from here: what it holds is indented no less, what comes after it no more. */
function blockEnd({ lines, isCode }, at, indent) {
  for (let end = at + mostBlockLines; end > at + 1; end--) {
    const isInside = (line, below) => isCode[at + below] && line.search(/\S/) >= indent;
    const next = lines[end] ?? '';
    const isWhole = next.trim() === '' || next.search(/\S/) <= indent;
    if (isWhole && end <= lines.length && lines.slice(at, end).every(isInside)) return end;
  }
  return undefined;
}

const comment = /^\s*(?:\/\/|\/?\*|#)/;
const imports = /^\s*(?:import\b|from\b|export (?:\*|\{)|'use strict')|\brequire\(/;

/** Which lines are code: not blank, no comments, no documentation, and no imports, which name what one project has. */
function codeLines(text) {
  let until;
  return text.split('\n').map((line) => {
    const isInside = until !== undefined;
    if (isInside && until.test(line)) until = undefined;
    else if (!isInside) until = endOfOpened(line);
    const isOther = isInside || until !== undefined || comment.test(line) || imports.test(line);
    return !isOther && line.trim() !== '' && !/"""|'''/.test(line) && line.length <= maxLine;
  });
}

/** What ends the documentation, comment or import that a line opens and does not close. */
function endOfOpened(line) {
  if ((line.match(/"""|'''/g)?.length ?? 0) % 2 === 1) return /"""|'''/;
  if (/\/\*(?!.*\*\/)/.test(line)) return /\*\//;
  if (imports.test(line) && /[({][^)}]*$/.test(line)) return /[)}]/;
  return undefined;
}
