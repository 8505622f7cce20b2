import type { Citation } from '../../../protocol/chatMessages.ts';
import type { ShownTurn } from '../messages.ts';
import { AnswerBody } from './answerBody.ts';
import { el, fill } from './dom.ts';
import type { Page } from './page.ts';
import { Speaker } from './speaker.ts';
import { answerFoot, branchTools, contextLine, searchNote, turnTools } from './turnParts.ts';
import { visibleNodes } from './visibleText.ts';

/** What is drawn within this time is drawn with every picture of the screen. */
const quickMs = 8;

/** One question or answer. */
export class TurnView {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #head = el('div', { class: 'turn-head' });
  readonly #body: AnswerBody | undefined;
  readonly #question = el('div', { class: 'question' });
  readonly #note = el('div');
  readonly #foot = el('div', { class: 'turn-foot' });
  readonly #speaker: Speaker;
  #turn: ShownTurn;
  /** What arrived since the last picture was drawn. */
  #text: string;
  #citations: readonly Citation[];
  #isDrawn = true;
  /** How long the next picture waits. */
  #restMs = 0;

  constructor(turn: ShownTurn, page: Page) {
    this.#page = page;
    this.#turn = turn;
    this.#text = turn.text;
    this.#citations = turn.citations ?? [];
    this.#speaker = new Speaker(page);
    const { id } = turn;
    if (turn.role === 'assistant')
      this.#body = new AnswerBody({
        t: page.t,
        openCitation: (at) => page.tell({ do: 'openCitation', turn: id, at }),
        copy: (text) => page.tell({ do: 'copy', text }),
        insert: (text) => page.tell({ do: 'insert', text }),
        apply: ({ info, text }) => page.tell({ do: 'apply', turn: id, info, text }),
      });
    const content = this.#body?.element ?? this.#question;
    this.element = el(
      'article',
      { class: `turn ${turn.role}`, tabindex: '-1', 'aria-label': this.#name },
      this.#head,
      this.#note,
      content,
      this.#foot,
    );
    this.#showAll();
    if (turn.writing) this.#speaker.begin();
  }

  get id(): string {
    return this.#turn.id;
  }

  get isWriting(): boolean {
    return this.#turn.writing === true;
  }

  /** The turn as the extension has it now. */
  update(turn: ShownTurn): void {
    if (JSON.stringify(turn) === JSON.stringify(this.#turn)) return;
    const hasEnded = this.#turn.writing === true && turn.writing !== true;
    this.#turn = turn;
    this.#text = turn.text;
    this.#citations = turn.citations ?? [];
    this.#showAll();
    if (hasEnded) this.#speaker.end(turn.text);
  }

  /** More of an answer; it is drawn with the next picture, however many pieces come until then. */
  append(text: string, citations: readonly Citation[], drawn: () => void): void {
    this.#text += text;
    this.#citations = [...this.#citations, ...citations];
    this.#speaker.wrote(this.#text);
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    window.setTimeout(() => requestAnimationFrame(() => this.#draw(drawn)), this.#restMs);
  }

  #draw(drawn: () => void): void {
    if (this.#isDrawn) return;
    const startMs = performance.now();
    this.#showText();
    drawn();
    // A paragraph without an end costs more each time: keys and clicks still get most of the time.
    const costMs = performance.now() - startMs;
    this.#restMs = costMs < quickMs ? 0 : 4 * costMs;
  }

  get #name(): string {
    return this.#turn.role === 'user' ? this.#page.t('You') : 'Hearth';
  }

  #showText(): void {
    this.#isDrawn = true;
    if (this.#body) this.#body.show(this.#text, this.#citations);
    else fill(this.#question, ...visibleNodes(this.#text, false));
  }

  #showAll(): void {
    const [turn, page] = [this.#turn, this.#page];
    this.#showText();
    this.element.classList.toggle('writing', turn.writing === true);
    fill(
      this.#head,
      el('h2', {}, this.#name),
      turn.command !== undefined && el('span', { class: 'badge' }, `/${turn.command}`),
      branchTools(turn, page),
    );
    fill(this.#note, searchNote(turn, page));
    fill(this.#foot, contextLine(turn, page), answerFoot(turn, page), turnTools(turn, page));
  }
}
