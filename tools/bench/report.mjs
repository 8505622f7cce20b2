import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** The whole result as markdown. */
export function markdown({ command, threads, keys, starts, models }) {
  return [
    `${machine()}; ${threads} threads for llama-server; ${new Date().toISOString().slice(0, 10)}; commit ${commit()}; \`${command}\`.`,
    '',
    `Engine start to ready with the starter, a new model host each time: ${starts.map(ms).join(', ')}.`,
    ...models.flatMap((model) => ['', ...section(model, keys)]),
  ].join('\n');
}

/** Puts the result into a document, between the two markers of its benchmark. @throws when they are missing */
export function writeInto(path, name, text) {
  const [begin, end] = ['begin', 'end'].map((which) => `<!-- bench:${name} ${which} -->`);
  const document = readFileSync(path, 'utf8');
  const [head, rest] = document.split(begin);
  const tail = rest?.split(end)[1];
  if (tail === undefined) throw new Error(`${path} lacks the lines ${begin} and ${end}`);
  writeFileSync(path, `${head}${begin}\n${text}\n${end}${tail}`);
}

function section({ name, ours, theirs, paired, speeds, processes }, keys) {
  const row = (label, of) => `| ${label} | ${of(ours, speeds.ours)} | ${of(theirs, speeds.theirs)} |`;
  const ratio = (value, reference) => `${number(value)} (${number(value / reference, 2)})`;
  const bench = speeds.llamaBench;
  return [
    `### ${name}`,
    '',
    `${keys} keys typed into each.`,
    '',
    '| | Hearth | llama-server |',
    '|---|---|---|',
    row('key to ghost text, p50', (one) => ms(one.latencyMs.p50)),
    row('key to ghost text, p95', (one) => ms(one.latencyMs.p95)),
    `| the same over the ${paired.keys} keys that both answered with text, p50 | ${ms(paired.ours.p50)} | ${ms(paired.theirs.p50)} |`,
    row('keys that the model was asked for: p50 / p95 (n)', (one) => spread(one.modelMs)),
    row('keys whose answer was known or under way: p50 / p95 (n)', (one) => spread(one.knownMs)),
    row('ghost text typed through: p50 / p95 (n)', (one) => spread(one.typedThroughMs)),
    row('keys answered before the next key', (one) => `${one.answered} (${one.withText} with text)`),
    row('requests superseded (their work is lost)', (one) => one.superseded),
    row('prompt tokens evaluated per answer', (one) => number(one.evaluatedPerAnswer)),
    row('prompt tokens in all', (one) => number(one.promptTokens)),
    row('tokens generated per answer', (one) => number(one.generatedPerAnswer)),
    row('processor time per key, lost work included', (one) => ms(one.cpuMsPerKey)),
    row('prefill, tokens/s (share of llama-bench)', (_, speed) => ratio(speed.prefill, bench.prefill)),
    row('decode, tokens/s (share of llama-bench)', (_, speed) => ratio(speed.decode, bench.decode)),
    `| memory, resident (not mapped files) | ${processes.ours.map(memory).join(', ')} | ${processes.theirs.map(memory).join(', ')} |`,
    '',
    `llama-bench: prefill ${number(bench.prefill)}, decode ${number(bench.decode)} tokens/s.`,
  ];
}

function memory({ name, residentBytes, anonymousBytes }) {
  return `${name} ${megabytes(residentBytes)} (${megabytes(anonymousBytes)})`;
}

export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}

function spread({ p50, p95, count }) {
  return `${ms(p50)} / ${ms(p95)} (${count})`;
}

export function machine() {
  const model = cpus()[0]?.model ?? 'unknown processor';
  return `${model}, ${cpus().length} logical cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux, Node ${process.versions.node}`;
}

export function commit() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
}

function ms(value) {
  return value === undefined ? '–' : `${number(value, value < 10 ? 1 : 0)} ms`;
}

export function number(value, digits = Math.abs(value) < 10 ? 1 : 0) {
  return value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits);
}
