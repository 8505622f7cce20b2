/** Markup whose every text was escaped. Only `html` makes it: what comes from the wire can never pass for it. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** See `html`. */
  static of(literals: readonly string[], parts: readonly Part[]): Html {
    const [first = '', ...others] = literals;
    const filled = others.map((literal, at) => {
      if (/=\s*$/.test(literals[at] ?? '')) throw new Error(`An attribute without quotes: ${literals[at]}`);
      return markupOf(parts[at]) + literal;
    });
    return new Html(first + filled.join(''));
  }

  toString(): string {
    return this.#markup;
  }
}

type Part = Html | string | number | false | undefined | readonly Part[];

/**
 * A template of markup: what is put in is text, also inside quoted attributes, unless it is markup itself. Lists are put
 * in one after the other; `false` and `undefined` are nothing.
 */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return Html.of(literals, parts);
}

/** A switch of an element: it is there or not. */
export function flag(name: 'checked' | 'disabled' | 'selected' | 'open', isOn: boolean): Html {
  return isOn ? html` ${name}` : html``;
}

function markupOf(part: Part): string {
  if (part === false || part === undefined) return '';
  if (part instanceof Html) return part.toString();
  return typeof part === 'object' ? part.map(markupOf).join('') : escapeText(String(part));
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
