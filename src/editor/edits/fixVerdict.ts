/** A problem as the editor reports it, by what stays the same when lines move. */
export interface ReportedProblem {
  readonly uri: string;
  readonly message: string;
  readonly source: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
}

export interface FixVerdict<P extends ReportedProblem> {
  /** Of what was to be fixed: still reported. */
  readonly remaining: readonly P[];
  /** Errors and warnings that were not there before. */
  readonly fresh: readonly P[];
}

/**
 * Whether a fix did what it should: what was wanted is gone, nothing new came. Of several problems that read the same,
 * so many are gone as there are fewer.
 */
export function fixVerdict<P extends ReportedProblem>(
  wanted: readonly ReportedProblem[],
  before: readonly ReportedProblem[],
  after: readonly P[],
): FixVerdict<P> {
  const had = counted(before);
  const gone = counted(wanted);
  const seen = new Map<string, number>();
  const remaining: P[] = [];
  const fresh: P[] = [];
  for (const problem of after) {
    const key = keyOf(problem);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    const mayStay = (had.get(key) ?? 0) - (gone.get(key) ?? 0);
    if (nth <= mayStay) continue;
    if (gone.has(key) && nth <= (had.get(key) ?? 0)) remaining.push(problem);
    else if (problem.severity === 'error' || problem.severity === 'warning') fresh.push(problem);
  }
  return { remaining, fresh };
}

function counted(problems: readonly ReportedProblem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const problem of problems) counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1);
  return counts;
}

function keyOf({ uri, message, source, severity }: ReportedProblem): string {
  return JSON.stringify([uri, message, source, severity]);
}
