import type { Connection } from 'vscode-languageserver';
import { Emitter } from '../base/emitter.ts';
import { parseSettings, type Settings } from '../protocol/settings.ts';

/** The settings as the client last sent them. */
export class LiveSettings {
  readonly onChange = new Emitter<{ readonly before: Settings; readonly now: Settings }>();
  #now: Settings;

  constructor(connection: Connection, initial: unknown) {
    this.#now = parseSettings(sectionOf(initial));
    connection.onDidChangeConfiguration(({ settings }) => {
      const before = this.#now;
      this.#now = parseSettings(sectionOf(settings));
      this.onChange.fire({ before, now: this.#now });
    });
  }

  get now(): Settings {
    return this.#now;
  }
}

/** Clients send the `hearth` section either bare or under its name. */
function sectionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'hearth' in value ? value.hearth : value;
}
