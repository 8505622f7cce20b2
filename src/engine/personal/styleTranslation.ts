import { inEnglish, type Translate } from '../../protocol/problems.ts';

/**
 * The `t` of what the engine says in whole sentences, over the translations that a client brought.
 *
 * @param translations English to the user's language, of whatever shape a client sent it; what is missing stays English
 */
export function translationOf(translations: unknown): Translate {
  const isTable = typeof translations === 'object' && translations !== null;
  const translated = new Map(
    Object.entries(isTable ? translations : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  return (message, ...args) => inEnglish(translated.get(message) ?? message, ...args);
}
