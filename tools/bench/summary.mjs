/** What the keys of one peer, on one model, come to. Times in ms; `undefined` where nothing was measured. */
export function summaryOf(replays) {
  const keys = replays.flatMap((each) => each.keys);
  const answered = keys.filter(({ outcome }) => outcome !== 'superseded');
  const withText = keys.filter(({ outcome }) => outcome === 'text');
  const worked = answered.flatMap(({ work }) => work ?? []);
  return {
    keys: keys.length,
    answered: answered.length,
    withText: withText.length,
    superseded: keys.length - answered.length,
    latencyMs: percentiles(withText.map(latencyOf)),
    modelMs: percentiles(withText.filter(({ work }) => work !== undefined).map(latencyOf)),
    knownMs: percentiles(withText.filter(({ work }) => work === undefined).map(latencyOf)),
    typedThroughMs: percentiles(replays.flatMap((each) => each.typedThroughMs)),
    evaluatedPerAnswer: mean(worked.map(({ evaluated }) => evaluated)),
    promptTokens: mean(worked.map(({ evaluated, reused }) => evaluated + reused)),
    generatedPerAnswer: mean(worked.map(({ generated }) => generated)),
    cpuMsPerKey: (replays.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) * 1000) / keys.length,
  };
}

/** Latencies over the keys that both peers answered with text: neither gains by answering only the easy ones. */
export function pairedLatencies(ours, theirs) {
  const [a, b] = [ours, theirs].map((replays) => replays.flatMap((each) => each.keys));
  const both = a.flatMap((key, at) => (key.outcome === 'text' && b[at].outcome === 'text' ? [at] : []));
  const latencies = (keys) => percentiles(both.map((at) => latencyOf(keys[at])));
  return { keys: both.length, ours: latencies(a), theirs: latencies(b) };
}

/** Tokens per second of whole prefills and of the decoding after them. */
export function speedOf(coldRequests) {
  const works = coldRequests.flatMap(({ work }) => work ?? []);
  const perSecond = (tokens, ms) => {
    const totalMs = works.reduce((sum, work) => sum + work[ms], 0);
    return totalMs === 0 ? undefined : (works.reduce((sum, work) => sum + work[tokens], 0) * 1000) / totalMs;
  };
  return { prefill: perSecond('evaluated', 'prefillMs'), decode: perSecond('generated', 'decodeMs') };
}

function latencyOf({ latencyMs }) {
  return latencyMs;
}

function percentiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { count: sorted.length, p50: at(0.5), p95: at(0.95) };
}

function mean(values) {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
