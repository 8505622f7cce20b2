/** How much of the prompt each part may fill, in characters. */
export interface PromptBudget {
  readonly windowCharacters: number;
  readonly suffixCharacters: number;
  readonly snippetCharacters: number;
}

/** Kept free for what the user types after the anchor and for the answer. */
const reservedTokens = 448;
/** How long reading a whole new prompt may take. It happens while the cursor rests; typing evaluates only what changes. */
const layOutMs = 4_500;
/** A slower model still sees this much of its surroundings, and one that was not measured yet gets no more. */
const leastTokens = 512;

/**
 * Splits what the model can read within `layOutMs`. The size moves in powers of two: a budget that followed every
 * measurement would move the window, and a moved window is a lost KV cache.
 *
 * @param prefillPerSecond measured prompt tokens per second; `undefined` before the first measurement
 */
export function promptBudget(
  contextTokens: number,
  charactersPerToken: number,
  prefillPerSecond: number | undefined,
): PromptBudget {
  const affordable = ((prefillPerSecond ?? 0) * layOutMs) / 1_000;
  const steps = 2 ** Math.floor(Math.log2(Math.max(leastTokens, affordable)));
  const tokens = Math.max(64, Math.min(contextTokens - reservedTokens, steps));
  const characters = tokens * charactersPerToken;
  return {
    windowCharacters: Math.floor(characters * 0.5),
    suffixCharacters: Math.floor(characters * 0.2),
    snippetCharacters: Math.floor(characters * 0.3),
  };
}
