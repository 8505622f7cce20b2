import type { PromptPart } from '../promptPart.ts';
import { TemplateFault } from './boundedJinja.ts';

/**
 * A template sees a sentinel in the place of each message's content. So it cannot mistake what a user or a file says for
 * its own syntax, and where a content went can be told from what the template says itself.
 *
 *     <|im_start|>user\n \uE000 0 \uE001 <|im_end|>\n   ->   {control} {text: contents[0]} {control}
 *
 * Private characters mark it, and one white space stands on either side: a template that trims contents takes it away.
 */
const open = '\uE000';
const close = '\uE001';
/** An em space: trimmed by every `trim`, and in no template. */
const flank = '\u2003';

const sentinels = new RegExp(`(${flank}?)${open}(\\d+)${close}(${flank}?)`, 'g');
const reserved = new RegExp(`[${open}${close}${flank}]`);

export function sentinelFor(index: number): string {
  return `${flank}${open}${index}${close}${flank}`;
}

/** Whether a template could be confused with sentinels. */
export function usesSentinels(template: string): boolean {
  return reserved.test(template);
}

/**
 * What was rendered, with `contents` in the place of their sentinels, trimmed where the template trims. Throws
 * `TemplateFault` when a content is missing or was taken apart.
 */
export function putContents(rendered: string, contents: readonly string[]): readonly PromptPart[] {
  const parts: PromptPart[] = [];
  const seen = new Set<number>();
  let from = 0;
  for (const { 0: sentinel, 1: before, 2: index, 3: after, index: at } of rendered.matchAll(sentinels)) {
    const content = contents[Number(index)] ?? '';
    parts.push({ control: rendered.slice(from, at) }, { text: trimmed(content, before === '', after === '') });
    seen.add(Number(index));
    from = at + sentinel.length;
  }
  parts.push({ control: rendered.slice(from) });
  const missing = contents.findIndex((_, index) => !seen.has(index));
  if (missing !== -1) throw new TemplateFault(`it leaves out message ${missing + 1}`);
  if (parts.some((part) => 'control' in part && usesSentinels(part.control)))
    throw new TemplateFault('it takes messages apart');
  return joined(parts);
}

function trimmed(content: string, start: boolean, end: boolean): string {
  const from = start ? content.trimStart() : content;
  return end ? from.trimEnd() : from;
}

/** Without empty pieces, and control that belongs together in one: it is tokenised as the template has it. */
function joined(parts: readonly PromptPart[]): readonly PromptPart[] {
  const result: PromptPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if ('text' in part) {
      if (part.text !== '') result.push(part);
    } else if (part.control === '') continue;
    else if (last !== undefined && 'control' in last) result.splice(-1, 1, { control: last.control + part.control });
    else result.push(part);
  }
  return result;
}
