import type { LoadedModel } from '../generate.ts';
import { anchorAt } from './anchor.ts';
import { promptBudget } from './budget.ts';
import { fimFormatNamed } from './fimFormats.ts';
import type { Layout } from './layouts.ts';
import { layOutPrompt } from './prompt.ts';
import { situationOf } from './situation.ts';
import type { Snippet } from './types.ts';

/** A place in a document as it was kept: the text around a cursor, and what of other files was known there. */
export interface KeptPlace {
  /** Relative to its workspace folder, `/`-separated. */
  readonly path: string;
  readonly languageId: string;
  readonly prefix: string;
  readonly suffix: string;
  /** The most relevant last, as typing lays them out. */
  readonly snippets: readonly Pick<Snippet, 'path' | 'text'>[];
}

/**
 * The prompt that typing would lay out at this place if it came there now, for training, proofs and benchmarks;
 * undefined for a model without FIM markers. `contextTokens` is for prompt, typed text and answer together, of which
 * the prompt leaves some free (`promptBudget`); what has to fit exactly is counted with `Encode`. However slow the model
 * is, the prompt is as large as that allows.
 */
export function promptAt(
  place: KeptPlace,
  model: Pick<LoadedModel, 'charactersPerToken' | 'fimFormat'>,
  contextTokens: number,
): Pick<Layout, 'prompt' | 'typed'> | undefined {
  const format = fimFormatNamed(model.fimFormat);
  if (format === undefined) return undefined;
  const { path, languageId, prefix, suffix } = place;
  const document = { uri: '', path, languageId, version: 0, text: prefix + suffix, before: '', after: '' };
  const situation = situationOf({ document, offset: prefix.length, trigger: 'invoked', arrivedMs: 0 });
  const budget = promptBudget(contextTokens, model.charactersPerToken, Number.POSITIVE_INFINITY);
  const anchor = anchorAt(situation, {
    snippets: withinBudget(place.snippets, budget.snippetCharacters),
    windowCharacters: budget.windowCharacters,
    nowMs: 0,
  });
  const prompt = layOutPrompt(anchor, situation, format, budget.suffixCharacters);
  return { prompt, typed: prefix.slice(anchor.head.length) };
}

/** The most relevant snippets that fit, whole, each with its path and the two line ends that lay it out. */
function withinBudget(snippets: KeptPlace['snippets'], budgetCharacters: number): Snippet[] {
  let left = budgetCharacters;
  return snippets
    .toReversed()
    .filter(({ path, text }) => {
      const characters = path.length + text.length + 2;
      if (characters > left) return false;
      left -= characters;
      return true;
    })
    .toReversed()
    .map(({ path, text }) => ({ source: 'kept', path, text, score: 0 }));
}
