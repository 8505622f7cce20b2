import type { GivenContext } from '../inference/completion/types.ts';
import type { LastContext } from '../protocol/indexMessages.ts';

/** Remembers what the last completion was given, for someone who asks why. */
export class LastContextRecord {
  #given: GivenContext | undefined;

  readonly note = (given: GivenContext): void => {
    this.#given = given;
  };

  get now(): LastContext {
    if (this.#given === undefined) return {};
    const { document, offset, snippets } = this.#given;
    return {
      completion: {
        uri: document.uri,
        path: document.path,
        line: document.text.slice(0, offset).split('\n').length - 1,
        snippets: snippets.map(({ source, path, text, origin }) => ({ source, path, text, reasons: [], ...origin })),
      },
    };
  }
}
