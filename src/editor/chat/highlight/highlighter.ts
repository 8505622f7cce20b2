import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript';
import {
  codeToTokensBase,
  createShikiPrimitiveAsync,
  getLastGrammarStateFromMap,
  type ShikiPrimitive,
} from '@shikijs/primitive';
import { kindOf, kindsTheme } from './kinds.ts';
import { knownLanguage, loadLanguage } from './languages.ts';

type GrammarState = NonNullable<ReturnType<typeof getLastGrammarStateFromMap>>;

/** A piece of code that is read alike. `kind`: the name of a class; undefined for plain text. */
interface CodeToken {
  readonly text: string;
  readonly kind?: string;
}

export interface Highlighted {
  readonly lines: readonly (readonly CodeToken[])[];
  /** How it goes on in the next line; undefined where nothing is highlighted. */
  readonly state: GrammarState | undefined;
}

/** Lines of machine-made code would hold the page up. */
const maxLineCharacters = 2000;
/** Much for a line, but the first one of a language has all its expressions made. */
const maxLineMs = 3000;

/**
 * Highlights by classes, whose colours are the style sheet's: the page's policy allows no style in its markup. Grammars are
 * run by JavaScript's own regular expressions; there is no WebAssembly to load.
 */
class Highlighter {
  #shiki: Promise<ShikiPrimitive> | undefined;
  #ready: ShikiPrimitive | undefined;
  readonly #loaded = new Set<string>();

  /** Whether a language can be shown now that could not before. */
  async load(name: string): Promise<boolean> {
    const language = knownLanguage(name);
    if (language === undefined || this.#loaded.has(language)) return false;
    const grammar = await loadLanguage(language);
    if (!grammar) return false;
    this.#shiki ??= createShikiPrimitiveAsync({
      themes: [kindsTheme],
      langs: [],
      engine: createJavaScriptRegexEngine({ forgiving: true }),
    });
    this.#ready = await this.#shiki;
    await this.#ready.loadLanguage(grammar);
    this.#loaded.add(language);
    return true;
  }

  /** Whole lines, and the state that the lines before them ended in. Plain text where the language is not loaded. */
  highlight(code: string, name: string, state: GrammarState | undefined): Highlighted {
    const language = knownLanguage(name);
    if (!this.#ready || language === undefined || !this.#loaded.has(language)) return plain(code);
    const lines = codeToTokensBase(this.#ready, code, {
      lang: language,
      theme: kindsTheme.name,
      tokenizeMaxLineLength: maxLineCharacters,
      tokenizeTimeLimit: maxLineMs,
      ...(state && { grammarState: state }),
    });
    return {
      lines: lines.map((line) => line.map(({ content, color }) => tokenOf(content, color))),
      state: getLastGrammarStateFromMap(lines),
    };
  }
}

export const highlighter = new Highlighter();

function plain(code: string): Highlighted {
  return { lines: code.split('\n').map((text) => [{ text }]), state: undefined };
}

function tokenOf(text: string, color: string | undefined): CodeToken {
  const kind = kindOf(color);
  return kind === undefined ? { text } : { text, kind };
}
