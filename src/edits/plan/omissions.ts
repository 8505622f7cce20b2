/** A way in which models leave code out. The text is without comment marks, in lower case. */
interface Omission {
  readonly pattern: RegExp;
  /** `comment`: in a comment, or in brackets by itself. `bare`: with nothing around it. */
  readonly where: 'comment' | 'bare';
  /** Files, by their path, in which such a line is text like any other. */
  readonly except?: RegExp;
}

const prose = /\.(md|mdx|markdown|txt|rst|adoc|tex|csv|log)$/i;
const dots = String.raw`(?:\.\.\.|…)`;
const leftOut = String.raw`rest|remain\w*|others?|existing|unchanged|previous|same|omitted|skipped|snip\w*|truncated|keep|as before|more`;
const parts = 'file|code|class|function|method|implementation|module|component|import|content';

const omissions: readonly Omission[] = [
  // "... existing code ...", "...(the rest)"
  { where: 'comment', pattern: new RegExp(String.raw`^${dots}.*(?:\b(?:${leftOut})\b|\b(?:${parts})s?\b)`) },
  // "rest of the methods ..."
  { where: 'comment', pattern: new RegExp(String.raw`^(?:the |all )?(?:${leftOut})\b.*${dots}$`) },
  { where: 'comment', pattern: new RegExp(`^${dots}$`), except: prose },
  // Python's ellipsis is code, YAML's ends a document.
  {
    where: 'bare',
    pattern: new RegExp(`^${dots}$`),
    except: new RegExp(String.raw`\.(pyi?|ya?ml)$|${prose.source}`, 'i'),
  },
  // "the rest of the file remains unchanged"
  {
    where: 'comment',
    pattern:
      /^(the )?(rest|remaining|remainder|other|existing|everything else|all other|previous)\b.{0,60}\b(unchanged|the same|as before|as is|as it was|omitted|not shown)\b/,
  },
  {
    where: 'comment',
    pattern: new RegExp(`^(rest of|remaining|existing) (the |your |this )?(${parts})s?( here| goes here)?$`),
  },
  { where: 'comment', pattern: /^((code )?unchanged|no changes?( here| needed)?|same as (before|above)|as before)$/ },
  { where: 'comment', pattern: /\b(omitted|skipped|truncated|left out) for (brevity|clarity|simplicity)\b/ },
  { where: 'comment', pattern: /^(keep|leave) (the |all )?(rest|existing|everything else|other)\b/ },
  // Korean, Chinese, Japanese
  { where: 'comment', pattern: /(나머지|기존|이하|중간).{0,20}(동일|그대로|생략|유지|변경 없음)|기존 코드|코드 생략/ },
  { where: 'comment', pattern: /(其余|其他|现有).{0,10}(不变|省略|相同)|(现有|其余)代码|代码省略/ },
  { where: 'comment', pattern: /(残り|以下|既存).{0,20}(省略|同じ|同様|変更なし)|既存のコード/ },
];

/** Longer lines are code or prose, whatever they say. */
const maxCharacters = 200;

/**
 * The first new line that stands for code that was left out. Written into a file, it would delete that code.
 *
 * @param path says what language it is
 * @param added lines that a change puts into the file
 * @param before lines of the file, whose own comments may say such things
 */
export function omissionIn(path: string, added: readonly string[], before: readonly string[]): string | undefined {
  const known = new Set(before.map((line) => line.trim()));
  return added.find((line) => isOmission(line, path) && !known.has(line.trim()));
}

function isOmission(line: string, path: string): boolean {
  if (line.length > maxCharacters || line.trim() === '') return false;
  const comment = commentIn(line.trim(), path);
  const text = (comment ?? line).trim().toLowerCase();
  return omissions.some(
    ({ where, pattern, except }) =>
      (where === 'bare') === (comment === undefined) && except?.test(path) !== true && pattern.test(text),
  );
}

const opening = /^(?:\/\/+!?|#+(?!!)|--+|;+|%+|<!--|\{?\/\*+|\*(?!\/)|"""|'(?=\s)|rem\b)\s*/i;
const openingInProse = /^<!--\s*/;
const closing = /\s*(?:-->|\*+\/\}?|""")$/;

/** What a line of comment says, or words in brackets or behind dots that can be no code. */
function commentIn(line: string, path: string): string | undefined {
  const text = line.replace(prose.test(path) ? openingInProse : opening, '').replace(closing, '');
  const inside = /^[([{<]\s*(.*?)\s*[)\]}>]$/.exec(text)?.[1];
  if (text !== line) return inside ?? text;
  // `[...previous]` and `...rest,` are code; dots before a blank are not.
  if (inside !== undefined)
    return /^[\p{L} .…'’-]*\s[\p{L} .…'’-]*$/u.test(inside) && !/(\.\.\.|…)\p{L}/u.test(inside) ? inside : undefined;
  return /^(\.\.\.|…)\s+[\p{L} .…'’-]+$/u.test(line) ? line : undefined;
}
