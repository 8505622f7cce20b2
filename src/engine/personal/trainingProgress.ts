import { TrainingHistory } from '../../personalize/training/trainingHistory.ts';
import type { TrainerMessage } from '../../personalize/trainer/trainerProtocol.ts';
import type { LossPoint, TrainingProgress } from '../../protocol/personalMessages.ts';

/** How far a training is, from what its trainer says. */
export class TrainingProgressRecord {
  readonly #losses = new TrainingHistory();
  readonly #validation: LossPoint[] = [];
  #step = 0;
  #steps = 0;
  #secondsLeft: number | undefined;
  #tokensPerSecond: number | undefined;
  /** The trainer has really stopped for somebody. */
  isHeld = false;

  heard(message: TrainerMessage): void {
    if (message.kind === 'step') {
      const { step, steps, loss, secondsLeft, tokensPerSecond } = message;
      this.#step = step;
      this.#steps = steps;
      this.#secondsLeft = Math.round(secondsLeft);
      this.#tokensPerSecond = Math.round(tokensPerSecond);
      // The second stage's loss is of another kind.
      if (message.stage === 'text') this.#losses.add(step, loss);
    } else if (message.kind === 'validation' && message.stage === 'text')
      this.#validation.push({ step: message.step, loss: message.loss });
    else if (message.kind === 'paused') this.isHeld = true;
    else if (message.kind === 'resumed') this.isHeld = false;
  }

  /** The adapter is trained; what is left is the proof. */
  proved(share: number): void {
    this.#step = Math.round(share * 100);
    this.#steps = 100;
    this.#secondsLeft = undefined;
  }

  get now(): Omit<TrainingProgress, 'place'> {
    return {
      step: this.#step,
      steps: this.#steps,
      losses: this.#losses.points,
      validation: this.#validation,
      ...(this.#secondsLeft === undefined ? {} : { secondsLeft: this.#secondsLeft }),
      ...(this.#tokensPerSecond === undefined ? {} : { tokensPerSecond: this.#tokensPerSecond }),
    };
  }
}
