import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { authorTable } from './authorTable.mjs';
import { totalsTable } from './totals.mjs';

const begin = '<!-- bench:personal begin -->';
const end = '<!-- bench:personal end -->';

/** The whole result as Markdown. */
export function markdown(all, { command, plan }) {
  const changed = Object.entries(plan.overrides).map(([name, value]) => `${name} ${value}`);
  return [
    `${machine()}; ${new Date().toISOString().slice(0, 10)}; commit ${commit()}; \`${command}\`.`,
    ...(changed.length === 0 ? [] : ['', `Not as the product trains: ${changed.join(', ')}.`]),
    '',
    '### Adapter + retrieval against base + retrieval',
    '',
    ...totalsTable(all),
    '',
    '### Each author',
    ...all.flatMap((each) => ['', ...authorTable(each)]),
  ].join('\n');
}

/** Puts the result into a document, between its two markers. @throws when they are missing */
export function writeInto(path, text) {
  const document = readFileSync(path, 'utf8');
  const [head, rest] = document.split(begin);
  const tail = rest?.split(end)[1];
  if (tail === undefined) throw new Error(`${path} lacks the lines ${begin} and ${end}`);
  writeFileSync(path, `${head}${begin}\n${text}\n${end}${tail}`);
}

function machine() {
  const model = cpus()[0]?.model ?? 'unknown processor';
  return `${model}, ${cpus().length} logical cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux, Node ${process.versions.node}`;
}

function commit() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
}
