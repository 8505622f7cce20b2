import type { ShownTurns, ToPage } from '../messages.ts';
import { button, el } from './dom.ts';
import type { Page } from './page.ts';
import { TurnView } from './turnView.ts';
import { welcome } from './welcome.ts';

/** So near to the end, one means the end. */
const nearEndPx = 48;

/** The conversation: a window on it, however long it is. */
export class Feed {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #list = el('div', { class: 'turns' });
  readonly #earlier: HTMLButtonElement;
  readonly #later: HTMLButtonElement;
  readonly #newest: HTMLButtonElement;
  readonly #welcome: HTMLElement;
  #turns: readonly TurnView[] = [];
  #isAtEnd = true;
  /** A look beyond an edge is under way. */
  #isLooking = false;

  constructor(page: Page) {
    const { t, tell } = page;
    this.#page = page;
    const look = (where: 'earlier' | 'later') => {
      if (this.#isLooking) return;
      this.#isLooking = true;
      tell({ do: 'look', where });
    };
    this.#earlier = button(t('Show Earlier Turns'), () => look('earlier'), { class: 'edge' });
    this.#later = button(t('Show Later Turns'), () => look('later'), { class: 'edge' });
    this.#newest = button(t('To the Newest'), () => tell({ do: 'look', where: 'newest' }), { class: 'newest' });
    this.#welcome = welcome(page);
    this.element = el(
      'div',
      { class: 'feed', role: 'feed', 'aria-label': t('Conversation'), tabindex: '0' },
      this.#welcome,
      this.#earlier,
      this.#list,
      this.#later,
    );
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#walk(event));
    // What scrolling would reach next is fetched before the eye is there.
    const edges = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          if (isIntersecting) look(target === this.#earlier ? 'earlier' : 'later');
      },
      { root: this.element, rootMargin: '200px' },
    );
    edges.observe(this.#earlier);
    edges.observe(this.#later);
    this.hide(true);
  }

  get toNewest(): HTMLElement {
    return this.#newest;
  }

  /** Until the extension has said what there is. */
  hide(isHidden: boolean): void {
    this.#welcome.hidden = true;
    this.#earlier.hidden = this.#later.hidden = this.#newest.hidden = isHidden;
  }

  show({ turns, from, total, look }: ShownTurns): void {
    const anchor = look === 'same' ? this.#anchor() : undefined;
    const before = new Map(this.#turns.map((view) => [view.id, view]));
    const newest = turns.at(-1);
    const isFound = newest?.answeredBy?.kind === 'search' && before.get(newest.id)?.isWriting === true;
    this.#turns = turns.map((turn) => {
      const view = before.get(turn.id);
      view?.update(turn);
      return view ?? new TurnView(turn, this.#page);
    });
    this.#place();
    this.#turns.forEach(({ element }, at) => {
      element.setAttribute('aria-posinset', String(from + at + 1));
      element.setAttribute('aria-setsize', String(total));
    });
    this.#welcome.hidden = total > 0;
    this.#earlier.hidden = from === 0;
    this.#later.hidden = from + turns.length >= total;
    this.element.setAttribute('aria-busy', String(turns.at(-1)?.writing === true));
    if (look === 'end') this.#isAtEnd = true;
    // What a search found is all there at once, the best first.
    if (isFound && this.#isAtEnd) this.#turns.at(-2)?.element.scrollIntoView();
    else if (this.#isAtEnd && this.#later.hidden) this.#toEnd();
    else if (anchor) this.element.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
    // The edges move first, or they would ask again at once.
    requestAnimationFrame(() => {
      this.#isLooking = false;
    });
    this.#scrolled();
  }

  append({ turn, text, citations = [] }: Extract<ToPage, { kind: 'delta' }>): void {
    const view = this.#turns.find(({ id }) => id === turn);
    view?.append(text, citations, () => {
      if (this.#isAtEnd) this.#toEnd();
    });
  }

  /** In order, without moving what is there: a moved element loses the keyboard. */
  #place(): void {
    const wanted = new Set<Element>(this.#turns.map(({ element }) => element));
    const gone = Array.from(this.#list.children).filter((element) => !wanted.has(element));
    for (const element of gone) element.remove();
    let place: Element | null = this.#list.firstElementChild;
    for (const { element } of this.#turns) {
      if (element === place) place = place.nextElementSibling;
      else this.#list.insertBefore(element, place);
    }
  }

  /** The first turn on the screen, which is to stay where it is. */
  #anchor(): { readonly element: HTMLElement; readonly top: number } | undefined {
    const { top } = this.element.getBoundingClientRect();
    const view = this.#turns.find(({ element }) => element.getBoundingClientRect().bottom > top);
    return view && { element: view.element, top: view.element.getBoundingClientRect().top };
  }

  #toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #scrolled(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    this.#isAtEnd = scrollTop + clientHeight >= scrollHeight - nearEndPx;
    this.#newest.hidden = this.#isAtEnd && this.#later.hidden;
  }

  /** As in other feeds: Page Up and Page Down go from turn to turn once one of them has the keyboard. */
  #walk(event: KeyboardEvent): void {
    const step = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
    const at = this.#turns.findIndex(({ element }) => element.contains(document.activeElement));
    const next = this.#turns[at + step];
    if (step === 0 || at === -1 || !next) return;
    event.preventDefault();
    next.element.focus();
  }
}
