/** Seeded uniform numbers in [0, 1): the same seed gives the same trace and the same model on every machine (mulberry32). */
export function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One standard normal number (Box-Muller). */
export function normal(next) {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** A whole number in [low, high). */
export function integer(next, low, high) {
  return low + Math.floor(next() * (high - low));
}
