import { looksChosen, looksRandom } from './looksRandom.ts';
import type { HintedRow } from './secretRow.ts';

const password = '(?:passw(?:or)?d|passphrase|passwort|pwd|contraseña|mot_?de_?passe)';
const secret =
  '(?:secret|token|credentials?|(?:api|access|auth|account|private|signing|encryption|master|service|license)[_.-]?key)';
/** What may follow the name of a secret to say which one it is. */
const whichOne =
  '(?:[_.-]?(?:key|value|base64|hash|prod(?:uction)?|dev(?:elopment)?|test|staging|live|[0-9]{1,2})(?![a-z]))?';

/** Between a name and its quoted value: `=`, `:`, `=>`, `: string =`, `", "`, `(`, `" value="`. */
const upToQuote = String.raw`["'\`\]]{0,2}(?:\s{0,3}:\s{0,3}[\w<>|[\]?]{1,24}|\s[\w*[\]]{1,16})?\s{0,8}(?:=>|:=|[!=]?={1,2}|[:,(]|value\s?=)\s{0,8}[a-z]{0,2}`;

function quoted(name: string): RegExp {
  const value = String.raw`(["'\`])(?<secret>(?:(?!\1)[^\\\s]|\\[^\s]){6,400})\1`;
  return new RegExp(name + whichOne + upToQuote + value, 'gi');
}

const bareValue = String.raw`(?<secret>[^\s"'\`,;()<>{}[\]]{6,400})`;

/** `--password value`, `token=value`, `secret: value`. */
function bare(name: string): RegExp {
  return new RegExp(
    String.raw`${name}${whichOne}(?:["']?\s{0,4}[=:]\s{0,4}|[ \t])${bareValue}(?![^\s,;"'<)\]}])`,
    'gi',
  );
}

/** The name and its value are all there is on the line, as in settings files. */
function bareLine(name: string): RegExp {
  const before = String.raw`(?<=^[ \t]*(?:export |ENV |ARG |set |- )?[\w.-]{0,80})`;
  return new RegExp(
    String.raw`${name}${before}${whichOne}(?:=|:[ \t]{1,40}|[ \t]{1,40}=[ \t]{1,40})${bareValue}[ \t]*$`,
    'gim',
  );
}

const anyPassword = new RegExp(password, 'i');
const anySecret = new RegExp(secret, 'i');

/** Secrets known only by the name they are given. */
export const namedRows: readonly HintedRow[] = [
  { name: 'quoted password', hint: anyPassword, pattern: quoted(password), isSecret: isPassword },
  { name: 'quoted secret', hint: anySecret, pattern: quoted(secret), isSecret: looksRandom },
  { name: 'password alone on its line', hint: anyPassword, pattern: bareLine(password), isSecret: isPassword },
  // Without quotes a value may as well be a variable or a call.
  {
    name: 'bare password',
    hint: anyPassword,
    pattern: bare(password),
    isSecret: (value) => looksRandom(value) || (/[!@#^&*?%+]/.test(value) && looksChosen(value)),
  },
  { name: 'bare secret', hint: anySecret, pattern: bare(secret), isSecret: looksRandom },
  {
    name: 'secret in XML',
    hint: /(?:[Pp]ass\w+|[Ss]ecret|[Tt]oken|[Kk]ey)>[^<\s]{6}/,
    pattern: /<[\w:.-]{0,30}(?:password|passwd|passphrase|secret|token|api[_-]?key)>(?<secret>[^<>\s]{6,400})(?=<\/)/gi,
    isSecret: isPassword,
  },
];

function isPassword(value: string): boolean {
  return looksChosen(value) || looksRandom(value);
}
