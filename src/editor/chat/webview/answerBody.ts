import type { Citation } from '../../../protocol/chatMessages.ts';
import { settledBlocks, type TextBlock, textBlocks } from '../markdown/blocks.ts';
import { markable, markedTexts } from '../markdown/citationMarks.ts';
import { codeAttribute } from '../markdown/markdownIt.ts';
import { citationNames, renderMarkdown } from '../markdown/renderMarkdown.ts';
import { type CodeTools, CodeView } from './codeView.ts';
import { el } from './dom.ts';
import { sanitized } from './sanitize.ts';
import { visibleNodes } from './visibleText.ts';

export interface AnswerTools extends CodeTools {
  /** `at`: which of the answer's citations. */
  readonly openCitation: (at: number) => void;
}

interface ShownBlock extends TextBlock {
  readonly element: HTMLElement;
  /** Of a block that is code and nothing else: it grows line by line. */
  readonly code?: CodeView;
}

/** An answer as it reads. While it grows, only its last block is made anew. */
export class AnswerBody {
  readonly element = el('div', { class: 'answer' });
  readonly #tools: AnswerTools;
  #text = '';
  #citations: readonly Citation[] = [];
  #blocks: readonly ShownBlock[] = [];

  constructor(tools: AnswerTools) {
    this.#tools = tools;
  }

  show(answer: string, citations: readonly Citation[] = []): void {
    const text = markable(answer);
    const kept = this.#keptBlocks(text, citations);
    const open = this.#blocks[kept.length];
    for (const { element } of this.#blocks.slice(kept.length + 1)) element.remove();
    this.#text = text;
    this.#citations = citations;
    const next = textBlocks(text, kept.at(-1)?.end ?? 0);
    if (next.length === 0) open?.element.remove();
    this.#blocks = [...kept, ...next.map((block, at) => this.#render(block, at === 0 ? open : undefined))];
  }

  /** Those that the longer text leaves as they are, unless a place in them became a link. */
  #keptBlocks(text: string, citations: readonly Citation[]): readonly ShownBlock[] {
    const isLonger = text.startsWith(this.#text);
    const firstChange = isLonger ? firstDifference(this.#citations, citations) : 0;
    return settledBlocks(this.#text, this.#blocks).filter(({ end }) => end <= firstChange);
  }

  #render(block: TextBlock, before: ShownBlock | undefined): ShownBlock {
    const names = citationNames(this.#text, this.#citations);
    const { html, code } = renderMarkdown(this.#text, block, this.#citations, names);
    const [only, ...others] = code;
    const isCode = only !== undefined && others.length === 0 && html.trimEnd() === `<div ${codeAttribute}="0"></div>`;
    if (isCode && before?.code?.show(only)) return { ...block, element: before.element, code: before.code };
    const element = before?.element ?? el('div', { class: 'block' });
    if (!before) this.element.append(element);
    if (isCode) {
      const view = new CodeView(only, this.#tools);
      element.replaceChildren(view.element);
      return { ...block, element, code: view };
    }
    const content = sanitized(html);
    this.#putLinks(content, names);
    for (const place of content.querySelectorAll(`[${codeAttribute}]`)) {
      const found = code[Number(place.getAttribute(codeAttribute))];
      if (found) place.replaceWith(new CodeView(found, this.#tools).element);
    }
    element.replaceChildren(content);
    return { ...block, element };
  }

  #putLinks(content: DocumentFragment, names: readonly string[]): void {
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node instanceof Text) texts.push(node);
    for (const node of texts) {
      const isCode = node.parentElement?.closest('code') !== null;
      const parts = markedTexts(node.data, names).flatMap(({ text, citation }): readonly (Node | string)[] =>
        citation === undefined ? visibleNodes(text, isCode) : [this.#link(text, citation)],
      );
      node.replaceWith(...parts);
    }
  }

  #link(text: string, at: number): HTMLElement {
    const link = el('button', { type: 'button', class: 'citation' }, ...visibleNodes(text, true));
    link.addEventListener('click', () => this.#tools.openCitation(at));
    return link;
  }
}

/** Where the first citation begins that only one of two lists has; infinity where there is none. */
function firstDifference(before: readonly Citation[], now: readonly Citation[]): number {
  const at = now.findIndex((each, index) => before[index]?.start !== each.start || before[index]?.end !== each.end);
  const changed = at === -1 ? before[now.length] : now[at];
  return changed?.start ?? Number.POSITIVE_INFINITY;
}
