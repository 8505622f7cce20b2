import type { OutlineItem } from '../../syntax/outline.ts';

/** The outline of a text in its language; undefined when it cannot be parsed. */
export type ReadOutline = (languageId: string, text: string) => Promise<readonly OutlineItem[] | undefined>;

/** An outline of HTML, Vue or Svelte in which long `<script>` elements have the parts of their code. */
export async function withScripts(
  items: readonly OutlineItem[],
  text: string,
  readOutline: ReadOutline,
): Promise<readonly OutlineItem[]> {
  const found: OutlineItem[] = [];
  for (const item of items) found.push(await withScript(item, text, readOutline));
  return found;
}

async function withScript(item: OutlineItem, text: string, readOutline: ReadOutline): Promise<OutlineItem> {
  if (item.children.length > 0) return { ...item, children: await withScripts(item.children, text, readOutline) };
  const tag = /^<script\b([^>]*)>/i.exec(text.slice(item.signature, item.signature + 500));
  if (item.kind !== 'block' || tag === null || item.end - item.start < minCharacters) return item;
  const languageId = scriptLanguage(tag[1] ?? '');
  const start = item.signature + tag[0].length;
  const end = text.lastIndexOf('</', item.end);
  if (languageId === undefined || end < start) return item;
  const children = await readOutline(languageId, text.slice(start, end));
  return children === undefined ? item : { ...item, children: shifted(children, start) };
}

/** What is shorter is one chunk in any case. */
const minCharacters = 1_000;

/** Undefined for templates and data. */
function scriptLanguage(attributes: string): string | undefined {
  const attribute = (name: string) => new RegExp(`\\b${name}\\s*=\\s*["']?([^\\s"']+)`, 'i').exec(attributes)?.[1];
  const language = attribute('lang') ?? attribute('type') ?? 'js';
  if (/^(ts|typescript|text\/typescript)$/i.test(language)) return 'typescript';
  if (/^tsx$/i.test(language)) return 'typescriptreact';
  return /^(js|jsx|module|babel|(text|application)\/(x-)?(java|ecma)script|text\/babel)$/i.test(language)
    ? 'javascript'
    : undefined;
}

function shifted(items: readonly OutlineItem[], by: number): readonly OutlineItem[] {
  return items.map((item) => ({
    ...item,
    start: item.start + by,
    end: item.end + by,
    signature: item.signature + by,
    children: shifted(item.children, by),
  }));
}
