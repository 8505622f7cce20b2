import type { LossPoint, TrainingProgress } from '../../protocol/personalMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { type Html, html } from '../page/html.ts';
import { type PlotScale, percentAlong, scaleBetween, scaleFor } from './plotScale.ts';
import { isSound, smoothLoss } from './smoothLoss.ts';

type Curves = Pick<TrainingProgress, 'steps' | 'losses' | 'validation'>;

/**
 * Losses over the steps of a training: a line for what is trained on, diamonds for what is held back. Places are in
 * percent, so that the plot fits any width and its letters stay as they are. Nothing before the first loss.
 */
export function lossPlot({ steps, losses, validation }: Curves, t: Translate): Html {
  const trained = smoothLoss(losses);
  const held = validation.filter(isSound);
  const all = [...trained, ...held];
  if (all.length === 0) return html``;
  const x = scaleBetween(0, Math.max(1, steps, ...all.map(({ step }) => step)), 5, 1);
  const y = scaleFor(
    all.map(({ loss }) => loss),
    4,
  );
  const place = ({ step, loss }: LossPoint) => ({ x: percentAlong(x, step), y: 100 - percentAlong(y, loss) });
  const [trainedPlaces, heldPlaces] = [trained.map(place), held.map(place)];
  const last = trainedPlaces.at(-1);
  return html`<figure class="plot">
<figcaption>${t('Loss: lower is better')}
<span class="plot-key"><svg class="swatch" aria-hidden="true"><line class="trained" x1="0" x2="100%" y1="50%" y2="50%"/></svg>${t('Training')}</span>
${held.length > 0 && html`<span class="plot-key"><svg class="swatch" aria-hidden="true">${diamond({ x: 50, y: 50 })}</svg>${t('Examples held back')}</span>`}
</figcaption>
<div class="plot-frame"><svg class="plot-area" role="img" aria-label="${plotInWords(trained, held, t)}">
${rows(y)}${columns(x)}
${line(trainedPlaces, 'trained')}${line(heldPlaces, 'held')}
${last && html`<circle class="trained-end" cx="${percent(last.x)}" cy="${percent(last.y)}" r="3"/>`}
${heldPlaces.map(diamond)}
</svg></div></figure>`;
}

/** What the plot shows, for those who do not see it. */
export function plotInWords(trained: readonly LossPoint[], held: readonly LossPoint[], t: Translate): string {
  const parts: string[] = [];
  const [first, last] = [trained[0], trained.at(-1)];
  if (first && last)
    parts.push(t('Training loss from {0} to {1}, at step {2}.', number(first.loss), number(last.loss), last.step));
  const [firstHeld, lastHeld] = [held[0], held.at(-1)];
  if (firstHeld && lastHeld) {
    const best = held.reduce((least, each) => (each.loss < least.loss ? each : least));
    parts.push(
      t('On examples held back from {0} to {1}.', number(firstHeld.loss), number(lastHeld.loss)),
      t('Lowest there: {0}, at step {1}.', number(best.loss), best.step),
    );
  }
  return parts.join(' ');
}

/** Of a loss, as people read it. */
function number(loss: number): string {
  return loss.toFixed(2);
}

interface Place {
  /** Percent of the width from the left, of the height from above. */
  readonly x: number;
  readonly y: number;
}

function rows(scale: PlotScale): readonly Html[] {
  return scale.ticks.map(({ value, label }) => {
    const y = percent(100 - percentAlong(scale, value));
    return html`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/><text x="-8" y="${y}" dy="0.32em" text-anchor="end">${label}</text>`;
  });
}

function columns(scale: PlotScale): readonly Html[] {
  return scale.ticks.map(({ value, label }) => {
    const x = percent(percentAlong(scale, value));
    return html`<line class="tick" x1="${x}" x2="${x}" y1="100%" y2="100%"/><text x="${x}" y="100%" dy="1.4em" text-anchor="middle">${label}</text>`;
  });
}

/** In a drawing of its own, which alone is stretched. */
function line(places: readonly Place[], kind: 'trained' | 'held'): Html {
  const points = places.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ');
  return html`<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%"><polyline class="${kind}" points="${points}"/></svg>`;
}

function diamond({ x, y }: Place): Html {
  return html`<svg class="mark" x="${percent(x)}" y="${percent(y)}"><path class="held" d="M0 -4.5 4.5 0 0 4.5 -4.5 0Z"/></svg>`;
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}
