import { lossOf } from '../../../src/personalize/proof/loss.ts';
import { variants } from './adapters.mjs';
import { changeText, gainsText, lossesOf, mean, pairsOf, percent, rateText } from './figures.mjs';

const rows = {
  base: 'base',
  retrieval: 'base + retrieval',
  adapter: 'adapter',
  both: 'adapter + retrieval',
  wrong: 'wrong author’s adapter + retrieval',
  ...Object.fromEntries(Object.entries(variants).map(([name, { label }]) => [name, `adapter ${label}, + retrieval`])),
};

/** One author: each condition's loss and writing, and what it is against base + retrieval. */
export function authorTable({ author, adapters, measured, wrongName }) {
  const { earlier, later, name } = author;
  const { proof, outcome, examples, training } = adapters;
  const trained = `${examples} examples trained on in ${Math.round(training?.seconds ?? 0)} s`;
  return [
    `#### ${name}: ${earlier.version}, then ${later.version}`,
    '',
    `${measured.places} later places; ${trained}. ${verdictText(outcome, proof)}`,
    '',
    '| | loss, nats per token | against base + retrieval | exact match | gained, lost | edit similarity |',
    '|---|---|---|---|---|---|',
    ...Object.keys(rows)
      .filter((row) => measured.later[row] !== undefined)
      .flatMap((row) => [lineOf(row, measured.later), ...(row === 'base' ? [styleLine(measured)] : [])]),
    '',
    textAlone(measured),
    ...(wrongName === undefined ? [] : [`The wrong author is ${wrongName}.`]),
    `General code, loss: ${generalChanges(measured).join('; ')}.`,
  ];
}

function verdictText({ kind, why }, proof) {
  const verdict = kind === 'adopted' ? 'better, in use' : `not used (${why ?? kind})`;
  if (proof === undefined) return `Hearth’s own proof: ${verdict}.`;
  const { examples, loss, generalLoss } = proof;
  const own = `loss ${percent(loss.after / loss.before - 1)} on the ${examples} newest examples`;
  return `Hearth’s own proof: ${verdict}; ${own}, ${percent(generalLoss.after / generalLoss.before - 1)} on general code.`;
}

function lineOf(row, { [row]: found, retrieval: reference }) {
  const isReference = found === reference;
  const cells = [
    rows[row],
    lossOf(lossesOf(found)).toFixed(3),
    isReference ? '' : changeText(pairsOf(reference, found)),
    rateText(found.exact),
    isReference ? '' : gainsText(reference.exact, found.exact),
    mean(found.similarity).toFixed(3),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Style changes which of several texts goes first, and no probability. */
function styleLine({ style: { drafted, preferred } }) {
  const exact = `${rateText(preferred)}; ${rateText(drafted)} without style`;
  return `| base + style profile: the first of up to three | as base | | ${exact} | ${gainsText(drafted, preferred)} | |`;
}

function textAlone({ later: { retrieval, both, wrong } }) {
  const of = (found) => changeText(pairsOf(retrieval.alone, found.alone));
  const others = wrong === undefined ? '' : `, the wrong author’s ${of(wrong)}`;
  return `Of the texts alone, without the marker of their end: adapter + retrieval ${of(both)}${others}.`;
}

function generalChanges({ general: { base, own, ...others } }) {
  const of = (found) => changeText(pairsOf(base, found));
  return [of(own), ...Object.entries(others).map(([name, found]) => `${variants[name].label} ${of(found)}`)];
}
