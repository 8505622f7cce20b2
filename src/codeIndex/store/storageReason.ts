import { errorText } from '../../base/logger.ts';

/** What those say who know only that no answer came, and what that means. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/credential/i, 'there are no keys for it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'],
  [/dns error|failed to lookup/i, 'there is no server of this name'],
  [/timed ?out/i, 'the server does not answer'],
  [/connection|connect ?error|error sending request/i, 'the server cannot be reached'],
  [/status: 40[13]/i, 'access denied'],
];
const maxCharacters = 160;

/** Why a store cannot be reached or read, in a few words: what LanceDB says of it is a page long, addresses included. */
export function storageReason(cause: unknown): string {
  const text = errorText(cause);
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1];
  if (code !== undefined) return `the server says ${code}`;
  const meaning = meanings.find(([pattern]) => pattern.test(text))?.[1];
  if (meaning !== undefined) return meaning;
  const sentence = text.split(/\n| {2}Caused by/, 1)[0] ?? '';
  return sentence.length > maxCharacters ? `${sentence.slice(0, maxCharacters)}…` : sentence;
}
