import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';

const stageNames = [
  ['read', 'read and hash'],
  ['mask', 'decode and mask secrets'],
  ['chunk', 'parse and chunk'],
  ['terms', 'words for BM25'],
  ['embed', 'vectors'],
  ['write', 'write'],
  ['tidy', 'search indexes and housekeeping'],
];

/** The whole result as Markdown. */
export function markdown({ command, folders, cold, growth, stages }) {
  const names = folders.map((folder) => join(basename(dirname(folder)), basename(folder)));
  return [
    `${machine()}; ${new Date().toISOString().slice(0, 10)}; commit ${commit()}; \`${command}\`; sources: ${names.join(', ')}.`,
    ...(cold ? ['', ...coldSection(cold)] : []),
    ...(growth ? ['', ...growthSection(growth)] : []),
    ...(stages ? ['', ...stagesSection(stages)] : []),
  ].join('\n');
}

function coldSection(cold) {
  const { seconds, files, chunks, indexedBytes, indexedLines, peakBytes, residentBytes, afterSavesBytes } = cold;
  const perSecond = (amount) => number(amount / seconds);
  return [
    '### A first pass',
    '',
    '| | |',
    '|---|---|',
    `| indexed | ${count(files)} files, ${count(indexedLines)} lines, ${mega(indexedBytes)} MB, ${count(chunks)} chunks |`,
    `| from the start of the process until all of it can be searched | ${number(seconds)} s (${number(cold.cpuSeconds)} s of processor time) |`,
    `| speed | ${perSecond(indexedBytes / 1e6)} MB/s, ${perSecond(files)} files/s, ${count(Math.round(indexedLines / seconds))} lines/s |`,
    `| memory, resident: peak / afterwards | ${mega(peakBytes)} MB / ${mega(residentBytes)} MB |`,
    `| disk, after housekeeping | ${mega(cold.diskBytes)} MB, ${number(cold.diskBytes / indexedBytes, 2)} bytes per byte of source |`,
    `| disk, after the saves below | ${mega(afterSavesBytes)} MB |`,
    `| save to searchable, idle: p50 / p95 | ${spread(cold.idle)} |`,
    `| save to searchable, during a pass: p50 / p95 | ${spread(cold.busySaves)} |`,
  ];
}

function growthSection(rows) {
  return [
    '### Questions as the index grows',
    '',
    '| chunks | files | a question: p50 / p95 | code at a cursor: p50 / p95 | resident, peak | disk |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${count(row.chunks)}${row.salt > 0 ? ' *' : ''} | ${count(row.files)} | ${spread(row.question)} | ${spread(row.code)} | ${mega(row.peakBytes)} MB | ${mega(row.diskBytes)} MB |`,
    ),
    ...(rows.some(({ salt }) => salt > 0)
      ? ['', '\\* with copies of the sources, told apart by blank lines at their ends.']
      : []),
  ];
}

function stagesSection({ bytes, files, chunks, seconds }) {
  const total = stageNames.reduce((sum, [name]) => sum + seconds[name], 0);
  const row = (label, value) =>
    `| ${label} | ${number((value * 1000) / (bytes / 1e6), 1)} | ${number(bytes / 1e6 / value, 1)} | ${Math.round((100 * value) / total)}% |`;
  return [
    '### Where the time goes',
    '',
    `Each step alone over ${count(files)} files (${mega(bytes)} MB, ${count(chunks)} chunks), in one thread.`,
    '',
    '| step | ms per MB | MB/s | share |',
    '|---|---|---|---|',
    ...stageNames.map(([name, label]) => row(label, seconds[name])),
    row('all of them, one after the other', total),
    row('the floor: reading and parsing alone', seconds.read + seconds.parse),
  ];
}

function spread({ p50, p95, count: times }) {
  return times === 0 ? '–' : `${number(p50, 1)} ms / ${number(p95, 1)} ms (${times})`;
}

function machine() {
  const model = cpus()[0]?.model ?? 'unknown processor';
  return `${model}, ${cpus().length} logical cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux, Node ${process.versions.node}`;
}

function commit() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
}

function mega(bytes) {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}

function count(value) {
  return value.toLocaleString('en-US');
}

function number(value, digits = value < 10 ? 1 : 0) {
  return value.toFixed(digits);
}
