import { preferredOrder } from '../../../src/inference/completion/preferredOrder.ts';
import { laidOut } from '../../../src/personalize/dataset/laidOut.ts';
import { noEdits } from '../../../src/personalize/style/edits.ts';
import { measureFile } from '../../../src/personalize/style/measureFile.ts';
import { MeasuredStyle } from '../../../src/personalize/style/measuredStyle.ts';
import { profileOf } from '../../../src/personalize/style/profile.ts';
import { styleScore } from '../../../src/personalize/style/styleScore.ts';

/** As the completion pipeline asks for alternatives: `maxAlternatives` and `sampled` in completer.ts, a line in draft.ts. */
const manners = [{ temperature: 0 }, { temperature: 0.7, seed: 1 }, { temperature: 1, seed: 2 }];
const maxLineTokens = 32;
const never = new AbortController().signal;

/** How an author writes, counted in the files of the earlier release. */
export function profileFrom(files) {
  const measured = new MeasuredStyle();
  for (const file of files) {
    const found = measureFile(file);
    if (found !== undefined) measured.addFile({ path: file.path, modifiedMs: 0, ...found });
  }
  return profileOf({ measured, rules: [], notes: [], edits: noEdits });
}

/**
 * Who asks for more gets up to three alternatives, and style decides which of those that are equally likely goes first.
 * At the places where one line is wanted: whether the first is the author's, without and with the style.
 */
export async function measureStyle(places, profile, { runner, encoder }) {
  const exact = { drafted: [], preferred: [] };
  for (const place of places.filter(({ lines }) => lines === 1)) {
    const sample = laidOut({ ...place, snippets: [] }, encoder);
    const drafts = [];
    for (const manner of manners) {
      const draft = await drafted(sample, manner, runner);
      if (draft.text !== '' && drafts.every(({ text }) => text !== draft.text)) drafts.push(draft);
    }
    const [preferred] = preferredOrder(drafts, ({ text }) => styleScore(profile, place.languageId, text, place));
    const wanted = place.text.trimEnd();
    exact.drafted.push(Number(drafts[0]?.text === wanted));
    exact.preferred.push(Number(preferred?.text === wanted));
  }
  return exact;
}

async function drafted({ prompt, typed }, manner, { generate }) {
  const request = { prompt, typed, maxTokens: maxLineTokens, stop: ['\n'], priority: 'background', ...manner };
  let text = '';
  let logProbability = 0;
  let tokens = 0;
  for await (const chunk of generate(request, never)) {
    text += chunk.text;
    logProbability += chunk.logProbability;
    tokens += chunk.tokens;
  }
  return { text: text.trimEnd(), meanLogProbability: tokens === 0 ? 0 : logProbability / tokens };
}
