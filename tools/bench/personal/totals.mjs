import { changeOf } from '../../../src/personalize/proof/loss.ts';
import { changeText, gainsText, mean, pairsOf, percent, rateText, sum } from './figures.mjs';

/**
 * What is aimed at on the starter, as changes against base + retrieval, or of general code. `sign`: whether more or less is
 * better. Another author's adapter is to gain nothing: less than 1 % is nothing to Hearth's own verdict, either.
 */
const aims = {
  loss: { label: 'loss', change: -0.15, sign: -1, says: 'at least 15 % lower' },
  exact: { label: 'exact matches', change: 0.2, sign: 1, says: 'at least 20 % more' },
  wrong: { label: 'loss with the wrong author’s adapter', change: -0.01, sign: 1, says: 'no lower, within 1 %' },
  general: { label: 'loss on general code', change: 0.01, sign: -1, says: 'at most 1 % higher' },
};
const columns = Object.keys(aims);

/** Adapter + retrieval against base + retrieval: each author, their mean, and what was aimed at. */
export function totalsTable(all) {
  const changes = all.map(({ author, measured }) => ({ name: author.name, ...changesOf(measured) }));
  const means = Object.fromEntries(columns.map((column) => [column, mean(changes.map((each) => each[column]))]));
  const row = (label, cell) => `| ${label} | ${columns.map(cell).join(' | ')} |`;
  return [
    row('', (column) => aims[column].label),
    `|---|${columns.map(() => '---').join('|')}|`,
    ...changes.map((each) => row(each.name, (column) => percent(each[column]))),
    row('mean of the authors', (column) => percent(means[column])),
    row('aim', (column) => aims[column].says),
    row('', (column) => verdict(column, means[column], changes)),
    '',
    `All places together: ${together(all)}.`,
  ];
}

/** As shares; undefined where nothing can be said. */
function changesOf({ later: { retrieval, both, wrong }, general }) {
  const [before, after] = [sum(retrieval.exact), sum(both.exact)];
  return {
    loss: changeOf(pairsOf(retrieval, both)),
    exact: before === 0 ? undefined : after / before - 1,
    wrong: wrong && changeOf(pairsOf(retrieval, wrong)),
    general: changeOf(pairsOf(general.base, general.own)),
  };
}

function verdict(column, change, changes) {
  if (change === undefined) return '–';
  const reached = changes.filter((each) => surplus(column, each[column]) >= 0).length;
  const missing = -surplus(column, change);
  const mainly = missing <= 0 ? 'reached' : `missed by ${(100 * missing).toFixed(1)} points`;
  return `${mainly} (by the authors: ${reached} of ${changes.length})`;
}

/** By which an aim is reached; negative where it is missed. */
function surplus(column, change) {
  const { change: aim, sign } = aims[column];
  return change === undefined ? Number.NEGATIVE_INFINITY : sign * (change - aim);
}

function together(all) {
  const [before, after] = ['retrieval', 'both'].map((name) => all.map(({ measured }) => measured.later[name]));
  const pairs = before.flatMap((each, at) => pairsOf(each, after[at]));
  const [exactBefore, exactAfter] = [before, after].map((lists) => lists.flatMap(({ exact }) => exact));
  const exact = `${rateText(exactBefore)} before, ${rateText(exactAfter)} after, ${gainsText(exactBefore, exactAfter)}`;
  return `loss ${changeText(pairs)}; exact match ${exact}`;
}
