import type { LossPoint } from '../../protocol/personalMessages.ts';

const maxPoints = 200;

/** Losses as they come, thinned so that the plot of a long training stays small: the mean of each stretch of steps. */
export class TrainingHistory {
  #points: Point[] = [];
  /** Steps that one point stands for. */
  #stretch = 1;

  add(step: number, loss: number): void {
    const last = this.#points.at(-1);
    if (last !== undefined && last.count < this.#stretch) {
      last.loss = (last.loss * last.count + loss) / (last.count + 1);
      last.step = step;
      last.count++;
      return;
    }
    this.#points.push({ step, loss, count: 1 });
    if (this.#points.length > maxPoints) this.#halve();
  }

  get points(): readonly LossPoint[] {
    return this.#points.map(({ step, loss }) => ({ step, loss }));
  }

  #halve(): void {
    const pairs: Point[] = [];
    for (let at = 0; at < this.#points.length; at += 2) {
      const [a, b] = [this.#points[at], this.#points[at + 1]];
      if (a === undefined) continue;
      if (b === undefined) pairs.push(a);
      else
        pairs.push({
          step: b.step,
          loss: (a.loss * a.count + b.loss * b.count) / (a.count + b.count),
          count: a.count + b.count,
        });
    }
    this.#points = pairs;
    this.#stretch *= 2;
  }
}

interface Point {
  step: number;
  loss: number;
  count: number;
}
