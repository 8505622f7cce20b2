import type { Translate } from '../../../protocol/problems.ts';
import { type Highlighted, highlighter } from '../highlight/highlighter.ts';
import { codeInfo } from '../markdown/codeInfo.ts';
import type { CodeBlock } from '../markdown/markdownIt.ts';
import { el } from './dom.ts';
import { iconButton } from './icons.ts';
import { visibleNodes } from './visibleText.ts';

export interface CodeTools {
  readonly t: Translate;
  readonly copy: (text: string) => void;
  readonly insert: (text: string) => void;
  readonly apply: (block: CodeBlock) => void;
}

/** A code block with what can be done with it; nothing in it is ever run. It takes in further lines as they come. */
export class CodeView {
  readonly element: HTMLElement;
  readonly #info: string;
  readonly #language: string;
  readonly #lines = el('code');
  #text = '';
  /** Whole lines that are shown, and how the highlighting goes on after them. */
  #done = '';
  #state: Highlighted['state'];
  #tail: readonly ChildNode[] = [];

  constructor(block: CodeBlock, { t, copy, insert, apply }: CodeTools) {
    const { language, path } = codeInfo(block.info);
    this.#info = block.info;
    this.#language = language;
    const name = [language, path].filter(Boolean).join(' · ');
    const current = (): CodeBlock => ({ info: block.info, text: this.#text });
    this.element = el(
      'figure',
      { class: 'code' },
      el(
        'figcaption',
        {},
        el('span', { class: 'language' }, ...visibleNodes(name, true)),
        el(
          'span',
          { class: 'tools' },
          iconButton(t('Copy Code'), 'copy', () => copy(this.#text)),
          iconButton(t('Insert at Cursor'), 'insert', () => insert(this.#text)),
          iconButton(t('Apply to File'), 'apply', () => apply(current())),
        ),
      ),
      // It may be wider than the view: then the keyboard has to get into it.
      el(
        'pre',
        { tabindex: '0', role: 'group', 'aria-label': name === '' ? t('Code') : t('Code: {0}', name) },
        this.#lines,
      ),
    );
    this.show(block);
    void highlighter.load(language).then((isNew) => isNew && this.#again());
  }

  /** Whether it can show this in the place of what it shows: the same block, perhaps longer. */
  show({ info, text }: CodeBlock): boolean {
    if (info !== this.#info) return false;
    this.#text = text;
    if (!text.startsWith(this.#done)) this.#clear();
    const rest = text.slice(this.#done.length);
    const whole = rest.slice(0, rest.lastIndexOf('\n') + 1);
    for (const node of this.#tail) node.remove();
    if (whole !== '') {
      this.#state = this.#put(whole.slice(0, -1)).state;
      this.#lines.append('\n');
      this.#done += whole;
    }
    const shown = this.#lines.childNodes.length;
    this.#put(rest.slice(whole.length));
    this.#tail = [...this.#lines.childNodes].slice(shown);
    return true;
  }

  #again(): void {
    this.#clear();
    this.show({ info: this.#info, text: this.#text });
  }

  #clear(): void {
    this.#lines.replaceChildren();
    this.#done = '';
    this.#state = undefined;
    this.#tail = [];
  }

  #put(code: string): Highlighted {
    const highlighted = highlighter.highlight(code, this.#language, this.#state);
    highlighted.lines.forEach((line, at) => {
      if (at > 0) this.#lines.append('\n');
      for (const { text, kind } of line) {
        const nodes = visibleNodes(text, true);
        if (kind === undefined) this.#lines.append(...nodes);
        else this.#lines.append(el('span', { class: `token ${kind}` }, ...nodes));
      }
    });
    return highlighted;
  }
}
