import type { ProofItem } from '../../../../src/personalize/proof/prove.ts';
import type { ProofTools, Sample, Stack } from '../../../../src/personalize/proof/tools.ts';

export const before: Stack = [];
export const after: Stack = [{ path: '/adapter.gguf', scale: 1 }];

export function sampleOf(text: string): Sample {
  return { prompt: [{ text: 'prompt' }], typed: '', text };
}

export function itemOf(text: string): ProofItem {
  return { path: 'src/a.ts', languageId: 'typescript', prefix: 'a();\nb();\n', sample: sampleOf(text) };
}

interface Behaviour {
  /** Nats for a whole text; every text has ten tokens. */
  readonly nats: (text: string, adapters: Stack) => number;
  readonly writes?: (text: string, adapters: Stack) => string;
}

function stackName(adapters: Stack): string {
  return adapters.length === 0 ? 'before' : 'after';
}

/** A model of which all is known. All prompts are the same: `writes` gets the text that was scored last. */
export function fakeModel({ nats, writes = (text) => text }: Behaviour): ProofTools & { readonly calls: string[] } {
  const calls: string[] = [];
  let scored = '';
  return {
    calls,
    async score({ text, adapters }, signal) {
      signal.throwIfAborted();
      scored = text;
      calls.push(`${stackName(adapters)} scores ${text}`);
      return { logProbability: -nats(text, adapters), tokens: 10 };
    },
    async *generate({ adapters }) {
      calls.push(`${stackName(adapters)} writes ${scored}`);
      for (const text of writes(scored, adapters).match(/[^]{1,3}/g) ?? []) yield { text };
    },
  };
}
