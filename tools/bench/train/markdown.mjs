import { commit, machine, megabytes, number } from '../report.mjs';
import { aimsOf } from './aims.mjs';
import { nameOf } from './contenders.mjs';
import { dtypes } from './variants.mjs';

/**
 * The whole result.
 *
 * @param {{command: string, cores: number, results: object[], edits: object}} run `results` of `summaryOf`
 */
export function markdown({ command, cores, results, edits }) {
  return [
    [
      `${machine()}; ${cores} cores`,
      ...versionsOf(results),
      new Date().toISOString().slice(0, 10),
      `commit ${commit()}`,
      `\`${command}\`.`,
    ].join('; '),
    ...results.flatMap((result) => ['', ...section(result)]),
    '',
    ...editsSection(edits),
    '',
    ...aimsSection(aimsOf(results, edits)),
  ].join('\n');
}

function section({ subject, tried, rows }) {
  return [
    `### ${subject.title}`,
    '',
    '| | tokens/s | GFLOP/s | counted in full | peak memory | speed to PEFT | memory to PEFT |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(rowOf),
    ...(tried.length === 0 ? [] : ['', ...peftText(tried, rows)]),
  ];
}

function rowOf({ name, runs, median, againstPeft }) {
  const cells = [
    name,
    medianAndRounds(
      median.tokensPerSecond,
      runs.map(({ tokensPerSecond }) => tokensPerSecond),
    ),
    number(median.operationsPerSecond / 1e9),
    number(median.usefulPerSecond / 1e9),
    megabytes(median.peakBytes),
    againstPeft === undefined ? '' : medianAndRounds(againstPeft.speed, againstPeft.speeds, 2),
    againstPeft === undefined ? '' : number(againstPeft.memory, 2),
  ];
  return `| ${cells.join(' | ')} |`;
}

function medianAndRounds(median, rounds, digits) {
  const all = rounds.length < 2 ? '' : ` (${rounds.map((each) => number(each, digits)).join(', ')})`;
  return `${number(median, digits)}${all}`;
}

function peftText(tried, rows) {
  const missing = dtypes.filter((dtype) => !tried.some((each) => each.dtype === dtype));
  const importBytes = rows.flatMap(({ runs }) => runs[0].importBytes ?? [])[0];
  return [
    `Tried with PEFT: ${[
      ...tried.map(triedText),
      ...missing.map((dtype) => `${dtype}: not tried, as it was given up on a smaller model`),
    ].join('; ')}.`,
    ...(importBytes === undefined ? [] : [`Its process takes ${megabytes(importBytes)} before it has a model.`]),
  ];
}

function triedText(variant) {
  const { tokensPerSecond, isCutOff } = variant;
  return `${nameOf(variant)}: ${isCutOff ? 'given up below ' : ''}${number(tokensPerSecond)} tokens/s`;
}

function editsSection({ runs, edits, replayed, validated, passes, steps, tokens, peakBytes, validation }) {
  const { before, after } = validation ?? {};
  return [
    `### ${edits} accepted edits on the starter`,
    '',
    `${runs.map((each) => `${number(each)} s`).join(', ')} from the start of the trainer to the adapter: ${edits} edits,`,
    `${replayed} places of general code and ${validated} for validation, ${tokens} tokens; passes: ${passes}, steps: ${steps};`,
    `peak memory ${megabytes(peakBytes)}; loss on the validation places ${number(before, 2)} before, ${number(after, 2)} after.`,
  ];
}

function aimsSection(aims) {
  return [
    '### Aims',
    '',
    '| aim | result | |',
    '|---|---|---|',
    ...aims.map(({ aim, result, ratio }) => `| ${aim} | ${result} | ${verdict(ratio)} |`),
  ];
}

function verdict(ratio) {
  return ratio >= 1 ? 'reached' : `missed by ${number((1 - ratio) * 100)} %`;
}

function versionsOf(results) {
  const versions = results.flatMap(({ rows }) => rows.flatMap(({ runs }) => runs[0].versions ?? []))[0];
  return versions === undefined
    ? []
    : [
        Object.entries(versions)
          .map((each) => each.join(' '))
          .join(', '),
      ];
}
