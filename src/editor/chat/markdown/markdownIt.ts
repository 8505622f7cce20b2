import createMarkdownIt, { type Env, type MarkdownIt, type Token } from 'markdown-it';

/** Deeper than any answer that is meant to be read; hostile ones go on for ever. */
const maxNesting = 40;

export const codeAttribute = 'data-code';

/** What one rendering collects. */
export class Rendering {
  /** The code blocks it met: the markup has an empty element with the number in the place of each. */
  readonly code: CodeBlock[] = [];
  /** Makes a text what it was in the answer. */
  readonly restore: (text: string) => string;

  constructor(restore: (text: string) => string) {
    this.restore = restore;
  }
}

function renderingIn(env: Env | undefined): Rendering {
  const rendering = env?.['rendering'];
  return rendering instanceof Rendering ? rendering : new Rendering((text) => text);
}

export interface CodeBlock {
  /** What stands behind the fence. */
  readonly info: string;
  readonly text: string;
}

/**
 * Markdown as answers use it. Whatever an answer says, it cannot make an element of its own, a picture or a link: HTML is
 * text, a picture is its description, and a link is its text with its address beside it. Link references are text as
 * well, so that what is written later never changes what was shown before.
 */
export function createMarkdown(): MarkdownIt {
  const markdown = createMarkdownIt({ html: false, linkify: false, typographer: false });
  markdown.set({ maxNesting });
  markdown.disable(['reference', 'autolink']);
  // Addresses are shown, never used: they need not be valid.
  markdown.validateLink = () => true;
  markdown.normalizeLink = (address) => address;
  markdown.normalizeLinkText = (address) => address;
  const { rules } = markdown.renderer;
  const escape = markdown.utils.escapeHtml;
  const addressed = (text: string, address: string, restore: Rendering['restore']) =>
    restore(text) === restore(address) ? '' : ` <span class="address">(${escape(address)})</span>`;
  rules['link_open'] = () => '<span class="link">';
  rules['link_close'] = (tokens, at, _options, env) => {
    const [text, address] = linkAt(tokens, at);
    return `</span>${addressed(text, address, renderingIn(env).restore)}`;
  };
  rules['image'] = (tokens, at, _options, env) => {
    const { content = '', attrs } = tokens[at] ?? {};
    const address = attributeOf(attrs, 'src');
    return `<span class="link">${escape(content)}</span>${addressed(content, address, renderingIn(env).restore)}`;
  };
  // The view has headings of its own above those of an answer.
  rules['heading_open'] = (tokens, at) => `<${lower(tokens[at]?.tag)}>`;
  rules['heading_close'] = (tokens, at) => `</${lower(tokens[at]?.tag)}>\n`;
  rules['fence'] = (tokens, at, _options, env) => placeFor(tokens[at], renderingIn(env));
  rules['code_block'] = (tokens, at, _options, env) => placeFor(tokens[at], renderingIn(env));
  return markdown;
}

function placeFor(token: Token | undefined, { code, restore }: Rendering): string {
  const { info = '', content = '' } = token ?? {};
  code.push({ info: restore(info).trim(), text: restore(content).replace(/\n$/, '') });
  return `<div ${codeAttribute}="${code.length - 1}"></div>\n`;
}

/** The text of the link that ends at a token, and its address. */
function linkAt(tokens: readonly Token[], end: number): readonly [text: string, address: string] {
  const level = tokens[end]?.level;
  const isStart = ({ type, level: deep }: Token) => type === 'link_open' && deep === level;
  const start = tokens.slice(0, end).findLastIndex(isStart);
  const text = tokens.slice(start + 1, end).map(({ content }) => content);
  return [text.join(''), attributeOf(tokens[start]?.attrs, 'href')];
}

function lower(tag = 'h1'): string {
  return `h${Math.min(6, Number(tag.slice(1)) + 2)}`;
}

function attributeOf(attributes: Token['attrs'] | undefined, wanted: string): string {
  return String(attributes?.find(([name]) => name === wanted)?.[1] ?? '');
}
