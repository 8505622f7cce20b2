import { meanWithInterval, measures } from './intervals.mjs';

const reference = 'BM25 alone';

/**
 * @param {Record<string, number[]>} rows ranks of the answers to the same requests
 */
export function ranksTable(rows) {
  const names = Object.keys(measures);
  const gain = (ranks) => differences(ranks, rows[reference], measures.MRR);
  return [
    `| | ${names.join(' | ')} | MRR gained over BM25 |`,
    `|---|${names.map(() => '---').join('|')}|---|`,
    ...Object.entries(rows).map(([row, ranks]) => {
      const cells = names.map((name) => interval(meanWithInterval(ranks.map(measures[name]))));
      return `| ${row} | ${cells.join(' | ')} | ${row === reference ? '' : signed(meanWithInterval(gain(ranks)))} |`;
    }),
  ];
}

/** Of the same request each, so that their interval is narrower than that of either. */
function differences(ranks, others, measure) {
  return ranks.map((rank, at) => measure(rank) - measure(others[at]));
}

export function interval({ mean, low, high }, digits = 3) {
  return `${mean.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

export function signed({ mean, low, high }, digits = 3) {
  const sign = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
  return `${sign(mean)} (${sign(low)} to ${sign(high)})`;
}
