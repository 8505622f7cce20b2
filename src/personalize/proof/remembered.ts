import type { ProofTools, Sample, Stack } from './tools.ts';

/**
 * The same tools, which score no sample twice under one stack: several proofs of one training hold different adapters
 * against the same one, at the same places.
 */
export function remembered({ score, ...tools }: ProofTools): ProofTools {
  type Scored = Awaited<ReturnType<typeof score>>;
  /** By prompt: each sample has one of its own. */
  const known = new WeakMap<Sample['prompt'], Map<string, Scored>>();
  return {
    ...tools,
    async score(request, signal) {
      const ofPrompt = known.get(request.prompt) ?? new Map<string, Scored>();
      known.set(request.prompt, ofPrompt);
      const key = keyOf(request);
      const scored = ofPrompt.get(key) ?? (await score(request, signal));
      ofPrompt.set(key, scored);
      return scored;
    },
  };
}

function keyOf({ typed, text, end, adapters }: Sample & { readonly adapters: Stack }): string {
  return JSON.stringify([typed, text, end, adapters.map(({ path, scale }) => [path, scale])]);
}
