import type { Citation } from '../../../protocol/chatMessages.ts';
import { markCitations, withoutMarks } from './citationMarks.ts';
import { type CodeBlock, createMarkdown, Rendering } from './markdownIt.ts';

/** One block of an answer, as markup that still has to be looked through, and what goes into it. */
export interface RenderedBlock {
  /** Elements with no attributes but `class`, `start` and the number of a code block; citations as marks. */
  readonly html: string;
  readonly code: readonly CodeBlock[];
}

/** No paragraph that is meant to be read is longer; looking for signs that never match takes time with its square. */
const maxInlineCharacters = 20_000;

const markdown = createMarkdown();
const withoutInline = createMarkdown();
withoutInline.inline.ruler.enableOnly(['text', 'newline']);

/** Renders a part of a `markable` text. `names`: the answer's citations, as they stand in it. */
export function renderMarkdown(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  citations: readonly Citation[],
  names: readonly string[],
): RenderedBlock {
  const rendering = new Rendering((marked) => withoutMarks(marked, names));
  const renderer = end - start <= maxInlineCharacters ? markdown : withoutInline;
  const html = renderer.render(markCitations(text, citations, start, end), { rendering });
  return { html, code: rendering.code };
}

export function citationNames(text: string, citations: readonly Citation[]): readonly string[] {
  return citations.map(({ start, end }) => text.slice(start, end));
}
