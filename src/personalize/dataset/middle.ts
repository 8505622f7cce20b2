import type { Example } from '../examples/example.ts';

/** What the model is to write at a place. */
export interface Middle {
  readonly text: string;
  /** Whether it is known to end there. Where it is not, nothing is said of what comes next: neither stop nor go on. */
  readonly ends: boolean;
}

/**
 * The middle that an example teaches:
 *
 *     const x = █);    text: sum(a     middle: sum(a);   since the prompt leaves out what editors close by themselves
 *     f(█, b)          text: a         middle: a         and it ends there, as far as one can tell (see `isWhole`)
 */
export function middleOf(place: Place): Middle {
  const text = place.text + closersIn(place.suffix);
  return { text, ends: isWhole({ ...place, text }) };
}

type Place = Pick<Example, 'prefix' | 'text' | 'suffix'> & { readonly kind?: Example['kind'] };

/** The middle that was refused there; it and the middle are compared up to the same end. */
export function refusedMiddleOf({ offered, suffix }: Pick<Example, 'offered' | 'suffix'>): string | undefined {
  return offered === undefined ? undefined : offered + closersIn(suffix);
}

/**
 * The rest of the line, when it is nothing but closers: prompts leave it out (`stableSuffix` in
 * `inference/completion/situation.ts`), and the model writes it.
 */
export function closersIn(suffix: string): string {
  const [rest = ''] = suffix.split('\n', 1);
  return /^[\s)\]}>'"`;,]*$/.test(rest) ? rest.trimEnd() : '';
}

/**
 * A text is whole when nothing in it asks for more: no open bracket, no operator at its end. Of ghost text a word or a
 * line may have been accepted and the rest not, which nobody noted; so what was accepted has to end as statements end, too,
 * and not within a word, behind which anything may come.
 */
function isWhole({ prefix, text, suffix, kind }: Place): boolean {
  const code = text.trimEnd();
  if (code === '' || goesOn.test(code) || openBrackets(lineOpening(prefix, suffix) + code) > 0) return false;
  return kind !== 'accepted' || (!endsInWord.test(code) && !text.endsWith('\n'));
}

/** What stands left on the line, where the text has to close it: not where the line goes on behind the text. */
function lineOpening(prefix: string, suffix: string): string {
  const goesOnBehind = /^[^\n]*\S/.test(suffix) && closersIn(suffix) === '';
  return goesOnBehind ? '' : prefix.slice(prefix.lastIndexOf('\n') + 1);
}

/** Openers, and operators that want another side. `++` and `--` do not, nor does what closes a tag, comment or generic. */
const goesOn =
  /[{([=:\\&|?+*/%^~.<-]$(?<!\+\+|--|\*\/)|=>$|\b(?:and|or|not|in|is|else|return|await|new|typeof|extends)$/;
const endsInWord = /[\p{L}\p{N}_$]$/u;

/** Brackets that are opened and not closed, strings aside; roughly, for one or a few lines. */
function openBrackets(code: string): number {
  const bare = code.replace(/(["'`])(?:\\.|(?!\1)[^\\\n])*\1/g, '');
  let open = 0;
  for (const character of bare) {
    if ('([{'.includes(character)) open++;
    else if (')]}'.includes(character)) open = Math.max(0, open - 1);
  }
  return open;
}
