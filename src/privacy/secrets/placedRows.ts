import { isPlaceholder, isVaried, looksRandom } from './looksRandom.ts';
import { type HintedRow, wholeWord } from './secretRow.ts';

const plainWords = /^(?:pass(?:word|wd)?|pwd|pw|secret|token)$/i;

/** Secrets known by the place they stand in, and tokens that are not known by their beginning. */
export const placedRows: readonly HintedRow[] = [
  {
    name: 'private key',
    hint: /PRIVATE KEY/,
    // To the end mark, wherever it is; without one, as far as it looks like a key.
    pattern:
      /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}(?<secret>[^]{0,20000}?(?=-{4,5} ?END )|[\w+/=\s\\"',:-]{0,20000})/g,
    isSecret: (body) => /[A-Za-z0-9+/=]{32}/.test(body),
  },
  {
    name: 'PuTTY key',
    hint: /Private-Lines: /,
    pattern: /Private-Lines: \d+\n(?<secret>[A-Za-z0-9+/=\s]{32,20000}?)(?=\n[A-Z][\w-]{2,20}:|\s*$)/g,
  },
  {
    name: 'password in an address',
    hint: /:\/\/[^\s/@:]*:[^\s/@]+@/,
    pattern: /(?<=[a-z0-9]):\/\/[^\s:@/"'`<>{}]{0,80}:(?<secret>[^\s@/"'`]{3,200})@(?=[\w[.$%{-])/gi,
    isSecret: (secret) => !isPlaceholder(secret) && !plainWords.test(secret) && !/[{}<>()]/.test(secret),
  },
  {
    name: 'token in an address',
    hint: /:\/\/[\w-]{16,200}@/,
    pattern: /(?<=\bhttps?):\/\/(?<secret>[\w-]{16,200})@(?=[\w[])/gi,
    isSecret: looksRandom,
  },
  {
    name: 'password in a connection string',
    hint: /(?:password|pwd) ?=[^;\n]*;|; ?(?:password|pwd) ?=/i,
    pattern:
      /(?:(?<=;\s?)(?:Password|Pwd)\s?=\s?(?<secret>[^;"'`\s<>{}$()]{4,200})(?=[;"'`\s]|$)|(?:Password|Pwd)=(?<first>[^;"'`\s<>{}$()]{4,200})(?=;[A-Z][\w ]{1,30}=))/gi,
    isSecret: (secret) => !isPlaceholder(secret) && !plainWords.test(secret) && !/^[\w.]*\.\w+$/.test(secret),
  },
  {
    name: 'key of a storage account',
    hint: /(?:AccountKey|SharedAccessKey|SharedSecret|accesskey)=/,
    pattern: /(?:AccountKey|SharedAccessKey|SharedSecret|accesskey)=(?<secret>[A-Za-z0-9+/]{40,100}={0,2})/g,
    isSecret: (secret) => !isPlaceholder(secret),
  },
  {
    name: 'signature in an address',
    hint: /[?&](?:sig|X-Amz-Signature|X-Goog-Signature)=/,
    pattern: /[?&](?:sig|X-Amz-Signature|X-Goog-Signature)=(?<secret>[\w%+/=-]{40,600})/g,
    isSecret: (secret) => !isPlaceholder(secret),
  },
  {
    name: 'authorization header',
    hint: /(?:[Bb]earer|BEARER|[Bb]asic|[Tt]oken) /,
    pattern: /\b(?:bearer|basic|token) {1,2}(?<secret>[\w.~+/-]{16,2000}={0,2})/gi,
    isSecret: looksRandom,
  },
  {
    name: 'user of curl',
    hint: /curl [^\n]*-u/,
    pattern: /\bcurl\b[^\n]{0,300}?\s(?:-u|--user)[ =]["']?[\w.@-]{1,80}:(?<secret>[^\s"'$<{]{4,200})/g,
    isSecret: (secret) => !isPlaceholder(secret) && !plainWords.test(secret),
  },
  {
    name: 'Azure client secret',
    hint: /\dQ~/,
    pattern: wholeWord(String.raw`[\w.~]{3}\dQ~[\w.~-]{31,34}`),
    isSecret: isVaried,
  },
  {
    name: 'Mailchimp',
    hint: /[0-9a-f]-us\d/,
    pattern: wholeWord(String.raw`[0-9a-f]{32}-us\d{1,2}`),
    isSecret: isVaried,
  },
  { name: 'New Relic licence', hint: /NRAL/, pattern: wholeWord('[a-f0-9]{36}NRAL'), isSecret: isVaried },
  {
    name: 'Telegram bot',
    hint: /\d:AA/,
    pattern: wholeWord(String.raw`\d{8,10}:AA[\w-]{32,33}`),
    isSecret: isVaried,
  },
  {
    name: 'Terraform Cloud',
    hint: /\.atlasv1\./,
    pattern: wholeWord(String.raw`[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}`),
    isSecret: isVaried,
  },
  {
    name: 'Slack webhook',
    hint: /hooks\.slack\.com/,
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/+-]{30,})/g,
    isSecret: isVaried,
  },
  {
    name: 'Discord webhook',
    hint: /\/api\/webhooks\//,
    pattern: /discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{15,22}\/[\w-]{50,})/g,
    isSecret: isVaried,
  },
  {
    name: 'Teams webhook',
    hint: /\/webhookb2\//,
    pattern: /\.webhook\.office\.com\/webhookb2\/(?<secret>[\w@/-]{60,})/g,
    isSecret: isVaried,
  },
  {
    name: 'npm registry',
    hint: /_auth(?:Token)?\s?=/,
    pattern: /_auth(?:Token)?\s?=\s?"?(?<secret>[\w+/=.-]{16,})/g,
    isSecret: looksRandom,
  },
];
