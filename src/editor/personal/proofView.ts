import type { AdapterSummary, Compared, ProofSample, ProofSummary } from '../../protocol/personalMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { formatCount, formatShare } from '../formats.ts';
import { durationText } from './durationText.ts';
import { type Html, html } from '../page/html.ts';
import { facts, hiddenText } from './markup.ts';
import { describeVerdict, lossChange } from './outcomeText.ts';
import type { Words } from './pageState.ts';
import { type DiffPart, diffAgainst } from './textDiff.ts';
import { codeText, nameText } from './visibleText.ts';

/** How an adapter did, in a few words. */
export function proofInShort({ proof }: AdapterSummary, t: Translate): string {
  if (!proof) return t('not tested');
  switch (proof.verdict) {
    case 'better':
      return gains(proof, t) || t('better');
    case 'notBetter':
      return t('no better');
    case 'harmsGeneral':
      return t('harms other code');
    case 'tooFewExamples':
      return t('too few examples');
  }
}

/** `loss −20 %, exact 21 % → 33 %`. */
function gains({ loss, exactMatch }: ProofSummary, t: Translate): string {
  const less = lossChange(loss);
  const [from, to] = [share(exactMatch.before), share(exactMatch.after)];
  const parts = [
    less !== undefined && less < 0 && t('loss {0} %', `−${-less}`),
    from !== to && t('exact {0} → {1}', from, to),
  ];
  return parts.filter(Boolean).join(', ');
}

/** Everything known about one adapter: how it was made, its numbers before and after, and what it writes. */
export function proofDetails(adapter: AdapterSummary, words: Words): Html {
  const { t } = words;
  const { proof, rank, trainingSeconds } = adapter;
  const made = [
    [t('Rank'), String(rank)],
    ...(trainingSeconds === undefined ? [] : [[t('Training took'), durationText(trainingSeconds, t)] as const]),
  ] as const;
  if (!proof) return html`${facts(made)}<p class="hint">${t('It was not compared with the bare model.')}</p>`;
  const unseen = t('{0} examples it had not seen', formatCount(proof.examples));
  return html`${facts([...made, [t('Tested on'), unseen]])}
<p>${describeVerdict(proof.verdict, t)}</p>
${numbers(proof, t)}
${proof.samples.length > 0 && html`<h3>${t('Samples')}</h3><p class="hint">${t('What differs from what you wrote is underlined, and […] stands where something is missing.')}</p>`}
${proof.samples.map((sample, at) => sampleView(sample, at, t))}`;
}

interface Metric {
  readonly name: string;
  readonly hint: string;
  readonly compared: Compared;
  readonly say: (value: number) => string;
  /** Of what a whole bar stands for; the larger of both where there is no such thing. */
  readonly whole?: number;
}

function metrics({ loss, exactMatch, editSimilarity, generalLoss }: ProofSummary, t: Translate): readonly Metric[] {
  return [
    { name: t('Loss on your code'), hint: t('lower is better'), compared: loss, say: nats },
    { name: t('Written exactly'), hint: t('higher is better'), compared: exactMatch, say: share, whole: 1 },
    { name: t('Similar to yours'), hint: t('higher is better'), compared: editSimilarity, say: share, whole: 1 },
    { name: t('Loss on code of others'), hint: t('must not rise'), compared: generalLoss, say: nats },
  ];
}

function nats(value: number): string {
  return value.toFixed(3);
}

function share(value: number): string {
  return formatShare(value, 1);
}

function numbers(proof: ProofSummary, t: Translate): Html {
  return html`<table class="numbers"><thead><tr><th scope="col">${t('Measure')}</th><th scope="col">${t('Before')}</th><th scope="col">${t('After')}</th><th scope="col" class="bars-head">${t('Chart')}</th></tr></thead><tbody>${metrics(
    proof,
    t,
  ).map(
    ({ name, hint, compared: { before, after }, say, whole }) =>
      html`<tr><th scope="row">${name} <span class="hint">${hint}</span></th><td>${say(before)}</td><td>${say(after)}</td><td class="bars">${bars(before, after, whole ?? Math.max(before, after))}</td></tr>`,
  )}</tbody></table>`;
}

/** The upper bar is before, an outline; the lower is after, filled. The numbers stand beside them. */
function bars(before: number, after: number, whole: number): Html {
  const width = (value: number) => {
    const percent = (100 * value) / whole;
    return Number.isFinite(percent) ? Math.max(0, Math.min(100, percent)).toFixed(1) : '0.0';
  };
  return html`<svg class="bar-pair" aria-hidden="true"><rect class="before" x="0.5" y="1.5" width="${width(before)}%" height="7"/><rect class="after" x="0.5" y="12.5" width="${width(after)}%" height="7"/></svg>`;
}

function sampleView({ path, prefix, wanted, before, after }: ProofSample, at: number, t: Translate): Html {
  return html`<div class="sample" role="group" aria-label="${t('Sample {0}', at + 1)}">
<p class="where"><bdi>${nameText(path)}</bdi></p>
<pre class="code around"><code>${codeText(prefix)}<span class="gap">…</span></code></pre>
<div class="columns">
<figure><figcaption>${t('What you wrote')}</figcaption><pre class="code"><code>${codeText(wanted)}</code></pre></figure>
${attempt(t('Before'), before, wanted, t)}
${attempt(t('After'), after, wanted, t)}
</div></div>`;
}

function attempt(title: string, text: string, wanted: string, t: Translate): Html {
  const parts = diffAgainst(text, wanted);
  return html`<figure><figcaption>${title} <span class="badge">${verdictOf(text, wanted, parts, t)}</span></figcaption><pre class="code"><code>${parts.map((part) => partView(part, t))}</code></pre></figure>`;
}

function partView({ kind, text }: DiffPart, t: Translate): Html {
  if (kind === 'same') return codeText(text);
  if (kind === 'missing') return html`<mark class="missing">${hiddenText(t('something is missing'))}</mark>`;
  // Space at the ends and between lines is not marked: nobody could tell what the mark means.
  return html`${text.split(/(^\s+|\s+$|\s*\n\s*)/).map((piece) => (piece.trim() === '' ? piece : html`<mark>${codeText(piece)}</mark>`))}`;
}

function verdictOf(text: string, wanted: string, parts: readonly DiffPart[], t: Translate): string {
  if (text === wanted) return t('exactly yours');
  if (text.trim() === '') return t('nothing');
  const same = parts.reduce((sum, part) => sum + (part.kind === 'same' ? part.text.length : 0), 0);
  return t('{0} alike', formatShare(2 * same, text.length + wanted.length));
}
