import { importProduct } from './product.mjs';

/** As a machine on which the starter reads quickly: the budget is then the whole context, less what is reserved. */
const prefillPerSecond = 4_000;
/** As in the product's budget: kept free of the prompt. */
const reservedTokens = 448;

/**
 * Loads a GGUF with the product's own settings. `fimFormat` is asked for as the catalogue does; without it, or where the
 * vocabulary has not its markers, the first format that fits is taken.
 * @returns {Promise<{product: object, session: object, model: object, format: object}>} `format` is its FIM format
 * @throws when it cannot be loaded or knows no FIM markers
 */
export async function loadHost(modelPath, { threads = 0, fimFormat } = {}) {
  const product = await importProduct();
  const library = await import('node-llama-cpp');
  const host = await product.loadModel(library, { purpose: 'generate', modelPath, gpu: 'off', threads, level: 0 });
  if (!host.result.ok) throw new Error(`${modelPath} cannot be loaded: ${JSON.stringify(host.result.failure)}`);
  const { fimFormats, markersOf } = product;
  const { session, fittingFormats } = host.work;
  const fitting = fittingFormats(fimFormats.map((each) => ({ name: each.name, markers: markersOf(each) })));
  const name = fitting.find((each) => each === fimFormat) ?? fitting[0];
  const format = fimFormats.find((each) => each.name === name);
  if (format === undefined) throw new Error(`${modelPath} knows no markers for fill-in-the-middle`);
  return { product, session, model: host.result.model, format };
}

/** The product's budget for a prompt; `promptTokens` keeps it shorter, for models trained on short windows. */
export function budgetOf({ product, model }, promptTokens = Number.POSITIVE_INFINITY) {
  const { contextSize, charactersPerToken } = model;
  return product.promptBudget(
    Math.min(contextSize, promptTokens + reservedTokens),
    charactersPerToken,
    prefillPerSecond,
  );
}

/**
 * The prompt for a cursor, laid out as the product does when it anchors anew.
 * @param {{path: string, languageId: string, prefix: string, suffix: string, snippets?: object[]}} place
 */
export function layOut({ product, format }, place, budget) {
  const { prefix, suffix, path, languageId, snippets = [] } = place;
  const document = {
    uri: `file:///${path}`,
    path,
    languageId,
    version: 1,
    text: prefix + suffix,
    before: '',
    after: '',
  };
  const situation = product.situationOf({ document, offset: prefix.length, trigger: 'automatic', arrivedMs: 0 });
  const { windowCharacters, suffixCharacters } = budget;
  const anchor = product.anchorAt(situation, { snippets, windowCharacters, nowMs: 0 });
  return {
    situation,
    prompt: product.layOutPrompt(anchor, situation, format, suffixCharacters),
    typed: prefix.slice(anchor.head.length),
  };
}

/** The session as the pipeline sees it: an async generator of chunks that returns the statistics. */
export function generateOf(session) {
  return async function* generate(request, signal) {
    const leaving = new AbortController();
    const arrived = [];
    let wake = nothing;
    let outcome;
    const settle = (how) => {
      outcome = how;
      wake();
    };
    const onChunk = (chunk) => {
      arrived.push(chunk);
      wake();
    };
    const done = session.generate(request, onChunk, AbortSignal.any([signal, leaving.signal])).then(
      (stats) => settle({ stats }),
      (error) => settle({ error }),
    );
    try {
      for (;;) {
        if (arrived.length > 0) yield arrived.shift();
        else if (outcome?.error !== undefined) throw outcome.error;
        else if (outcome !== undefined) return outcome.stats;
        else await new Promise((resolve) => (wake = resolve));
      }
    } finally {
      leaving.abort();
      await done;
    }
  };
}

function nothing() {}
