/**
 * A subject's rows with the median of their rounds, and Hearth's against the quickest of PEFT's: the ratio of each round,
 * since the two took turns in it.
 */
export function summaryOf({ subject, tried, rows }) {
  const withMedians = rows.map((row) => ({ ...row, median: mediansOf(row.runs) }));
  const peers = withMedians.filter(({ kind }) => kind === 'peft');
  const [best] = peers.toSorted((a, b) => b.median.tokensPerSecond - a.median.tokensPerSecond);
  return {
    subject,
    tried,
    rows: withMedians.map((row) => {
      // The prototype's texts are others than those that PEFT trained on.
      if (row.kind !== 'hearth' || row.manner === 'prototype' || best === undefined) return row;
      return { ...row, againstPeft: ratiosTo(best, row) };
    }),
  };
}

function ratiosTo(best, { runs, median }) {
  const speeds = runs.map(({ tokensPerSecond }, round) => tokensPerSecond / best.runs[round].tokensPerSecond);
  return { speeds, speed: medianOf(speeds), memory: median.peakBytes / best.median.peakBytes };
}

function mediansOf(runs) {
  const of = (name) => medianOf(runs.map((run) => run[name]));
  return {
    tokensPerSecond: of('tokensPerSecond'),
    operationsPerSecond: of('operationsPerSecond'),
    usefulPerSecond: of('usefulPerSecond'),
    peakBytes: of('peakBytes'),
  };
}

export function medianOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
