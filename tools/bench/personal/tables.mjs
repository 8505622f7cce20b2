import { changeInterval } from '../../../src/personalize/proof/interval.ts';
import { changeOf, lossOf } from '../../../src/personalize/proof/loss.ts';
import { signTest } from '../../../src/personalize/proof/signTest.ts';
import { variants } from './adapters.mjs';

const seed = 1;
const rows = {
  base: 'base',
  retrieval: 'base + retrieval',
  adapter: 'adapter',
  both: 'adapter + retrieval',
  wrong: 'wrong author’s adapter + retrieval',
  ...Object.fromEntries(Object.entries(variants).map(([name, { label }]) => [name, `${label}, + retrieval`])),
};
/** What is aimed at on the starter, as changes against base + retrieval, or of general code. */
const aims = { loss: -0.15, exact: 0.2, wrong: 0, general: 0.01 };

/** One author: each row's loss and writing, and what it is against base + retrieval. */
export function authorTable({ author, adapters, measured, wrongName }) {
  const { earlier, later, name } = author;
  const { proof, outcome, examples, training } = adapters;
  return [
    `#### ${name}: ${earlier.version}, then ${later.version}`,
    '',
    `${measured.places} later places; ${examples} examples trained on in ${Math.round(training?.seconds ?? 0)} s. ${hearthSays(outcome, proof)}`,
    '',
    '| | loss, nats per token | against base + retrieval | exact match | gained, lost (p) | edit similarity |',
    '|---|---|---|---|---|---|',
    ...Object.keys(rows).flatMap((row) => {
      if (measured.later[row] === undefined) return [];
      const line = lineOf(rows[row], measured.later[row], measured.later.retrieval, row === 'retrieval');
      return row === 'base' ? [line, styleLine(measured)] : [line];
    }),
    '',
    textAlone(measured),
    ...(wrongName === undefined ? [] : [`The wrong author is ${wrongName}.`]),
    `General code, loss: ${generalChanges(measured).join('; ')}.`,
  ];
}

/** The figures of an author that the totals are made of: changes as shares, undefined where nothing can be said. */
function changesOf({ later, general, style }) {
  const { retrieval, both, wrong } = later;
  return {
    loss: changeOf(pairsOf(retrieval, both)),
    exact: ratioChange(sum(both.exact), sum(retrieval.exact)),
    wrong: wrong && changeOf(pairsOf(retrieval, wrong)),
    general: changeOf(pairsOf(general.base, general.own)),
    lossAlone: changeOf(pairsOf(later.base, later.adapter)),
    style: ratioChange(sum(style.preferred), sum(style.drafted)),
  };
}

export function totalsTable(all) {
  const changes = all.map(({ author, measured }) => ({ name: author.name, ...changesOf(measured) }));
  const columns = ['loss', 'exact', 'wrong', 'general'];
  const means = Object.fromEntries(columns.map((column) => [column, mean(changes.map((each) => each[column]))]));
  return [
    '| | loss | exact matches | wrong author’s adapter, loss | general code, loss |',
    '|---|---|---|---|---|',
    ...changes.map((each) => `| ${each.name} | ${columns.map((column) => percent(each[column])).join(' | ')} |`),
    `| mean of the authors | ${columns.map((column) => percent(means[column])).join(' | ')} |`,
    `| aim | ${percent(aims.loss)} or lower | ${percent(aims.exact)} or higher | no lower | ${percent(aims.general)} at most |`,
    `| | ${verdict(aims.loss - means.loss)} | ${verdict(means.exact - aims.exact)} | ${verdict(means.wrong - aims.wrong)} | ${verdict(aims.general - means.general)} |`,
  ];
}

/** @param surplus by which the aim is reached; negative where it is missed */
function verdict(surplus) {
  if (surplus === undefined || Number.isNaN(surplus)) return '–';
  return surplus >= 0 ? 'reached' : `missed by ${(-surplus * 100).toFixed(1)} points`;
}

function hearthSays({ kind, why }, proof) {
  const verdictText = kind === 'adopted' ? 'better, in use' : `not used (${why ?? kind})`;
  if (proof === undefined) return `Hearth’s own proof: ${verdictText}.`;
  const { examples, loss, generalLoss } = proof;
  const own = percent(loss.after / loss.before - 1);
  return `Hearth’s own proof: ${verdictText}; loss ${own} on its ${examples} newest examples, ${percent(generalLoss.after / generalLoss.before - 1)} on general code.`;
}

function lineOf(label, columns, reference, isReference) {
  const loss = lossOf(lossesOf(columns)).toFixed(3);
  const better = columns.exact.filter((exact, at) => exact > reference.exact[at]).length;
  const worse = columns.exact.filter((exact, at) => exact < reference.exact[at]).length;
  const against = isReference
    ? ' | '
    : `${changeText(pairsOf(reference, columns))} | ${rate(columns.exact)} | +${better} −${worse} (${chance(better, worse)})`;
  const cells = isReference ? ` | ${rate(columns.exact)} | ` : against;
  return `| ${label} | ${loss} | ${cells} | ${mean(columns.similarity).toFixed(3)} |`;
}

/** Style changes which of several texts goes first, and no probability. */
function styleLine({ style: { drafted, preferred } }) {
  const better = preferred.filter((exact, at) => exact > drafted[at]).length;
  const worse = preferred.filter((exact, at) => exact < drafted[at]).length;
  return `| base + style profile: the first of up to three, places of one line | as base | | ${rate(preferred)}; ${rate(drafted)} without | +${better} −${worse} (${chance(better, worse)}) | |`;
}

function textAlone({ later: { retrievalBare, bothBare, wrongBare } }) {
  const wrong = wrongBare === undefined ? '' : `, the wrong author’s ${changeText(pairsOf(retrievalBare, wrongBare))}`;
  return `Of the texts alone, without the marker of their end: adapter + retrieval ${changeText(pairsOf(retrievalBare, bothBare))}${wrong}.`;
}

function generalChanges({ general: { base, own, ...others } }) {
  const of = (columns) => changeText(pairsOf(base, columns));
  return [of(own), ...Object.entries(others).map(([name, columns]) => `${variants[name].label} ${of(columns)}`)];
}

function changeText(pairs) {
  const { low, high } = changeInterval(pairs, seed);
  return `${percent(changeOf(pairs))} (${percent(low)} to ${percent(high)})`;
}

function pairsOf(before, after) {
  const afterLosses = lossesOf(after);
  return lossesOf(before).map((loss, at) => ({ before: loss, after: afterLosses[at] }));
}

function lossesOf({ nats, tokens }) {
  return nats.map((each, at) => ({ nats: each, tokens: tokens[at] }));
}

/** How likely a fair coin gains as many as this over what it loses. */
function chance(better, worse) {
  const p = signTest(better, worse);
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

function rate(exact) {
  return `${sum(exact)}/${exact.length} (${((100 * sum(exact)) / exact.length).toFixed(1)} %)`;
}

function ratioChange(after, before) {
  return before === 0 ? undefined : after / before - 1;
}

function mean(values) {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : sum(known) / known.length;
}

function sum(values) {
  return values.reduce((all, value) => all + value, 0);
}

function percent(share) {
  if (share === undefined) return '–';
  const rounded = (100 * Math.abs(share)).toFixed(1);
  return `${share < 0 && rounded !== '0.0' ? '−' : '+'}${rounded} %`;
}
