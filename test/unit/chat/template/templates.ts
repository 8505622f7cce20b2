import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromptPart } from '../../../../src/chat/promptPart.ts';
import { type ChatTemplate, readChatTemplate } from '../../../../src/chat/template/chatTemplate.ts';

const folder = join(import.meta.dirname, 'fixtures');
export const tokens = { bos: '<BOS>', eos: '<EOS>' };
/** The day that `fixtures/make.py` says it is. */
export const nowMs = new Date(2026, 0, 15, 12).getTime();

/** Of real models; `fixtures/make.py` says where each is from. */
export const realTemplates: ReadonlyMap<string, ChatTemplate> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.jinja'))
    .map((name) => [name.replace('.jinja', ''), readChatTemplate(readFileSync(join(folder, name), 'utf8'), tokens)]),
);

/** What Jinja 2 makes of them, by name. */
export function renderedByJinja2(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(folder, 'rendered.json'), 'utf8'));
}

export function wholeText(parts: readonly PromptPart[]): string {
  return parts.map((part) => ('control' in part ? part.control : part.text)).join('');
}

export function textsOf(parts: readonly PromptPart[]): readonly string[] {
  return parts.flatMap((part) => ('text' in part ? [part.text] : []));
}
