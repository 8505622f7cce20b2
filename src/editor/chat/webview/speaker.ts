import { nextSentences } from '../markdown/spokenText.ts';
import type { Page } from './page.ts';

/** Sentences that come one by one are said in groups: a screen reader would never end otherwise. */
const groupMs = 1500;

/** Reads an answer out while it is written, whole sentences at a time. */
export class Speaker {
  readonly #page: Page;
  #answer = '';
  #said = 0;
  #timer: number | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  begin(): void {
    this.#stop();
    this.#answer = '';
    this.#said = 0;
    this.#page.say(this.#page.t('Hearth is answering.'));
  }

  wrote(answer: string): void {
    this.#answer = answer;
    this.#timer ??= window.setTimeout(() => {
      this.#timer = undefined;
      this.#speak(false);
    }, groupMs);
  }

  end(answer: string): void {
    this.#stop();
    this.#answer = answer;
    this.#speak(true);
  }

  #speak(isOver: boolean): void {
    const spoken = nextSentences(this.#answer, this.#said, isOver, this.#page.t);
    const end = isOver ? this.#page.t('End of the answer.') : '';
    if (spoken) this.#said = spoken.upTo;
    const text = [spoken?.text, end].filter(Boolean).join(' ');
    if (text !== '') this.#page.say(text);
  }

  #stop(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
