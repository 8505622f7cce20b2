/**
 * How likely it is that a fair coin falls on one side at least `worse` times in `worse + better` throws: small when more
 * examples got worse than chance explains. Those that stayed as they were say nothing.
 */
export function signTest(worse: number, better: number): number {
  const throws = worse + better;
  let term = 0.5 ** throws;
  let probability = 0;
  for (let heads = 0; heads <= throws; heads++) {
    if (heads >= worse) probability += term;
    term *= (throws - heads) / (heads + 1);
  }
  return Math.min(1, probability);
}
