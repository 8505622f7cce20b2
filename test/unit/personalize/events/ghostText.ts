import type { CompletionEvent, Shown, TextChange } from '../../../../src/personalize/events/completionEvent.ts';

export const uri = 'file:///w/a.ts';

/** Where the recorder or a part of it hears what an editor does. */
export interface Listener {
  shown(shown: Shown, alternatives: readonly Shown[]): readonly CompletionEvent[];
  changed(uri: string, change: TextChange): readonly CompletionEvent[];
  accepted(id: string): readonly CompletionEvent[];
  dismissed(): readonly CompletionEvent[];
}

/**
 * An editor in a few words. A fixture is a document with the cursor at `█`, and steps:
 *
 *     ghost: text      a completion is shown; `ghost<2>1: text` replaces 2 characters before and 1 behind the cursor
 *     or: text         an alternative to it, as given with the last ghost
 *     type: text       typed key by key
 *     insert: text     one edit at the cursor (accept word, accept line, paste)
 *     pair: ()         typed `(`, closed by the editor
 *     over: )          typed over the character behind the cursor
 *     back: 2          backspace
 *     tab              the ghost accepted as editors do: one edit that replaces its range, then the command
 *     command          the accepted command alone; `command: 2` for the second completion
 *     above: text      an edit at the start of the document
 *     go: 0            the cursor moved there
 *     dismiss
 *
 * In texts, `⏎` is a line end. `play` returns what was learned: `shown 1`, `acceptedWord 1 4` (id, characters), ...
 */
export class Editor {
  text = '';
  cursor = 0;
  readonly events: CompletionEvent[] = [];
  readonly #listener: Listener;
  #ghost: Shown | undefined;
  #alternatives: Shown[] = [];
  #ids = 0;

  constructor(listener: Listener, document: string) {
    this.#listener = listener;
    const text = lines(document);
    this.cursor = text.indexOf('█');
    this.text = text.replace('█', '');
  }

  play(steps: readonly string[]): string[] {
    for (const step of steps) this.#step(step);
    return this.events.map((event) =>
      'characters' in event ? `${event.kind} ${event.shown.id} ${event.characters}` : `${event.kind} ${event.shown.id}`,
    );
  }

  #step(step: string): void {
    const [, name = '', before = '0', after = '0', given = ''] =
      /^(\w+)(?:<(\d+)>(\d+))?(?:: (.*))?$/s.exec(step) ?? [];
    const text = lines(given);
    switch (name) {
      case 'ghost':
        this.#ghost = this.#completion(text, Number(before), Number(after));
        this.#alternatives = [];
        this.#hear(this.#listener.shown(this.#ghost, this.#alternatives));
        break;
      case 'or':
        this.#alternatives.push(this.#completion(text, 0, 0));
        break;
      case 'type':
        for (const key of text) this.#edit(this.cursor, 0, key, this.cursor + 1);
        break;
      case 'insert':
        this.#edit(this.cursor, 0, text, this.cursor + text.length);
        break;
      case 'pair':
        this.#edit(this.cursor, 0, text, this.cursor + text.length / 2);
        break;
      case 'over':
        this.#edit(this.cursor, 1, text, this.cursor + 1);
        break;
      case 'back':
        this.#edit(this.cursor - Number(text), Number(text), '', this.cursor - Number(text));
        break;
      case 'tab': {
        const ghost = this.#ghost;
        if (ghost === undefined) throw new Error('tab without a ghost');
        const end = Math.max(ghost.end, this.cursor + ghost.end - ghost.prefix.length);
        this.#edit(ghost.start, end - ghost.start, ghost.insertText, ghost.start + ghost.insertText.length);
        this.#hear(this.#listener.accepted(ghost.id));
        break;
      }
      case 'command':
        this.#hear(this.#listener.accepted(text || String(this.#ids)));
        break;
      case 'above':
        this.#edit(0, 0, text, this.cursor + text.length);
        break;
      case 'go':
        this.cursor = Number(text);
        break;
      case 'dismiss':
        this.#hear(this.#listener.dismissed());
        break;
      default:
        throw new Error(`no such step: ${step}`);
    }
  }

  #completion(insertText: string, before: number, after: number): Shown {
    return {
      id: String(++this.#ids),
      uri,
      path: 'a.ts',
      languageId: 'typescript',
      model: 'starter',
      prefix: this.text.slice(0, this.cursor),
      suffix: this.text.slice(this.cursor),
      insertText,
      start: this.cursor - before,
      end: this.cursor + after,
      latencyMs: 12,
      origin: 'model',
    };
  }

  #edit(start: number, deletedLength: number, insertedText: string, cursor: number): void {
    this.text = this.text.slice(0, start) + insertedText + this.text.slice(start + deletedLength);
    this.cursor = cursor;
    this.#hear(this.#listener.changed(uri, { start, deletedLength, insertedText }));
  }

  #hear(events: readonly CompletionEvent[]): void {
    this.events.push(...events);
  }
}

function lines(text: string): string {
  return text.replaceAll('⏎', '\n');
}
