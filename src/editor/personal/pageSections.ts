import type { Html } from '../page/html.ts';
import type { PageState, Words } from './pageState.ts';
import { adaptersSection } from './sections/adaptersSection.ts';
import { examplesSection } from './sections/examplesSection.ts';
import { forgetSection } from './sections/forgetSection.ts';
import { noticeSection } from './sections/noticeSection.ts';
import { rulesSection } from './sections/rulesSection.ts';
import { styleSection } from './sections/styleSection.ts';
import { trainingSection } from './sections/trainingSection.ts';

interface PageSection {
  /** Of its element in the page. */
  readonly id: string;
  readonly show: (state: PageState, words: Words) => Html;
  /** The parts of the state that it shows: while they are the same, so is the section. */
  readonly sees: (state: PageState) => readonly unknown[];
}

/** A status comes four times a second: what it does not touch is not made anew. */
const sections: readonly PageSection[] = [
  { id: 'notice', show: noticeSection, sees: (s) => [s.engine, s.failure, s.overview, s.answeredMs] },
  { id: 'training', show: trainingSection, sees: (s) => [s.status, s.overview, s.facts, s.trainFor, s.estimate] },
  { id: 'adapters', show: adaptersSection, sees: (s) => [s.overview, s.facts] },
  { id: 'examples', show: examplesSection, sees: (s) => [s.overview, s.facts, s.examples] },
  { id: 'rules', show: rulesSection, sees: (s) => [s.overview] },
  { id: 'style', show: styleSection, sees: (s) => [s.overview, s.facts] },
  { id: 'forget', show: forgetSection, sees: () => [] },
];

/** New contents of an element of the page. */
interface Rendered {
  readonly id: string;
  readonly markup: string;
}

/** Turns states into what is new of the page since the state before. */
export class PageRenderer {
  readonly #words: Words;
  readonly #shown = new Map<string, { readonly seen: readonly unknown[]; readonly markup: string }>();

  constructor(words: Words) {
    this.#words = words;
  }

  /** What the page has to change; empty when it shows this state already. */
  render(state: PageState): readonly Rendered[] {
    return sections.flatMap(({ id, show, sees }) => {
      const before = this.#shown.get(id);
      const seen = sees(state);
      if (before && isSame(before.seen, seen)) return [];
      const markup = show(state, this.#words).toString();
      this.#shown.set(id, { seen, markup });
      return before?.markup === markup ? [] : [{ id, markup }];
    });
  }

  /** The page is empty, or a control in it shows what the user wished and did not get: the next `render` is of all. */
  forget(): void {
    this.#shown.clear();
  }
}

function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((each, at) => each === now[at]);
}
