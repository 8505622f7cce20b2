/** What stands where a secret would in examples, templates and tests. Compared in lower case. */
const placeholder = new RegExp(
  [
    String.raw`^(?:<.*|\[.*\]|\{.*|\$.*|%.*|x+|0+|1234567890?|12345678|abc123|test\d*|foo(?:bar)?\d*)$`,
    String.raw`\*{3}|\.{3}|…|xxxx|\$\{`,
    'example|placeholder|change[-_]?me|replace[-_]?me|dummy|redacted|your[-_]|insert[-_]|my[-_]?(?:secret|password|token)',
    String.raw`process\.env|os\.environ|getenv|secrets\.|undefined`,
  ].join('|'),
);
const uuid = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/i;

/** Whether a value only says that a secret belongs there: `<your token>`, `${TOKEN}`, `changeme`, `********`. */
export function isPlaceholder(value: string): boolean {
  return placeholder.test(value.toLowerCase()) || /^(.)\1*$/.test(value);
}

/** Whether what has the shape of a token may be one, with many different characters; not `ghp_xxxxxxxx`. */
export function isVaried(token: string): boolean {
  return new Set(token.slice(-32)).size >= 8 && !isPlaceholder(token);
}

/**
 * Whether a value without a tell-tale prefix looks made by a random generator rather than by a programmer. Names and
 * paths change between small letters, capitals and digits seldom, random text at every second or third character.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || !/^[\w+/=.~!@#$%^&*?:-]+$/.test(value) || uuid.test(value) || isPlaceholder(value))
    return false;
  const { changes, digitRuns } = grainOf(value);
  const density = changes / (value.length - 1);
  if (digitRuns === 0) return value.length >= 20 && density >= 0.45;
  return density >= 0.4 || (digitRuns >= 2 && density >= 0.25) || isHex(value);
}

/**
 * Whether a value looks like a password that a person chose: letters with digits, or with signs that names do not have.
 * Far more lenient than `looksRandom`: only for values that are called passwords.
 */
export function looksChosen(value: string): boolean {
  if (value.length < 6 || isPlaceholder(value) || isReference(value)) return false;
  return /\d/.test(value) || /[!@#^&*?]/.test(value.slice(1));
}

/** A path, an address, a call, a constant, a key of a table of texts: what stands for a value elsewhere. */
function isReference(value: string): boolean {
  return (
    /^(?:[./~\\]|[\w+.-]+:\/\/|[a-z]:\\|@[\w/-]+$|[#.][\w-]+$)/i.test(value) ||
    /^[\w.]+\(|[<>{}()]|%[sd]/.test(value) ||
    /^[a-z_$][\w$]*(?:[./:-][a-z_$][\w$]*)+$/i.test(value) ||
    /^[A-Z]+(?:_[A-Z0-9]+)+$/.test(value)
  );
}

/** Hexadecimal digits alone, too many different ones for a colour or a mask. */
function isHex(value: string): boolean {
  return /^[\da-f]+$/i.test(value) && new Set(value.toLowerCase()).size >= 8;
}

/** How often letters and digits that touch are of different kinds, and how many runs of digits there are. */
function grainOf(value: string): { readonly changes: number; readonly digitRuns: number } {
  let changes = 0;
  let digitRuns = 0;
  let before = sign;
  for (let i = 0; i < value.length; i++) {
    const kind = kindOf(value.charCodeAt(i));
    if (kind !== before && kind !== sign) {
      if (before !== sign) changes++;
      if (kind === digit) digitRuns++;
    }
    before = kind;
  }
  return { changes, digitRuns };
}

const sign = 0;
const small = 1;
const capital = 2;
const digit = 3;

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return small;
  if (code >= 65 && code <= 90) return capital;
  return code >= 48 && code <= 57 ? digit : sign;
}
