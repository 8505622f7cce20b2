import { randomBytes } from 'node:crypto';
import { onDispose } from '../../base/disposable.ts';
import type { Logger } from '../../base/logger.ts';
import type { Statistics } from '../../protocol/messages.ts';
import type { Problem } from '../../protocol/problems.ts';
import { Acceptance } from './acceptance.ts';
import type { CompletionEvent, Shown, TextChange } from './completionEvent.ts';
import { EventStore } from './eventStore.ts';
import { type Look, Survival } from './survival.ts';

/**
 * Learns and keeps what happens to completions. Use:
 *
 *     recorder.shown(first, others)                      when completions are answered
 *     recorder.documentChanged(uri, changes, textAfter)  at every change; documentClosed(uri, text) at the end
 *     recorder.acceptedCommand(id)                       when the editor says that the whole was accepted
 *     await recorder.statistics()                        or deleteAll(), or dispose: judges and writes what is pending
 *
 * All but the last line is quick and never throws. Nothing leaves the machine.
 */
export interface Recorder extends AsyncDisposable {
  /** @param alternatives What the user can cycle to instead. */
  shown(shown: Shown, alternatives?: readonly Shown[]): void;
  /** @param textAfter All text after the changes. Like the offsets in `changes`, of a text whose lines end with `\n`. */
  documentChanged(uri: string, changes: readonly TextChange[], textAfter: string): void;
  documentClosed(uri: string, text: string): void;
  acceptedCommand(id: string): void;
  statistics(): Promise<Statistics>;
  /** Deletes every record of every session, here and in the file. Throws `ProblemError` when that fails. */
  deleteAll(): Promise<void>;
}

export interface RecorderOptions {
  readonly dataFolder: string;
  /** The user's switch, asked at every event and again before writing. */
  readonly enabled: () => boolean;
  /** Whether nothing of this document may be kept. */
  readonly isExcluded: (uri: string) => Promise<boolean>;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
  readonly clock?: Clock;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  after(ms: number, run: () => void): Disposable;
}

const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return onDispose(() => clearTimeout(timer));
  },
};

/** So much text on either side of an accepted completion is kept with it. */
const windowCharacters = 2_000;

export function createRecorder(options: RecorderOptions): Recorder {
  const { dataFolder, enabled, isExcluded, log, onProblem, clock = systemClock } = options;
  const store = new EventStore({
    dataFolder,
    mayStore: async (uri) => enabled() && !(await isExcluded(uri)),
    log,
    onProblem,
  });
  const session = randomBytes(6).toString('hex');
  const survival = new Survival();
  let acceptance = new Acceptance();
  let nextLook: Disposable | undefined;

  function forget(): void {
    acceptance = new Acceptance();
    survival.clear();
    nextLook?.[Symbol.dispose]();
  }

  /** Whether to record; what is known so far is forgotten when the user switched it off. */
  function isOn(): boolean {
    if (!enabled()) forget();
    return enabled();
  }

  function note(events: readonly CompletionEvent[]): void {
    for (const event of events) {
      const { uri, id } = event.shown;
      const at = { key: `${session}:${id}`, atMs: clock.now() };
      const { model, languageId, path, prefix, suffix, origin, latencyMs, insertText } = event.shown;
      const where = { model, languageId, path };
      if (event.kind === 'shown') {
        store.add(uri, { kind: 'shown', ...at, ...where, origin, latencyMs, characters: insertText.length });
        continue;
      }
      store.add(uri, { kind: event.kind, ...at, characters: event.characters });
      if (!('completed' in event)) continue;
      store.add(uri, {
        kind: 'example',
        ...at,
        ...where,
        prefix: prefix.slice(-windowCharacters),
        text: event.completed,
        suffix: suffix.slice(0, windowCharacters),
      });
      if (event.stands !== undefined) survival.track(at.key, uri, event.stands, at.atMs);
    }
  }

  function noteLooks(looks: readonly Look[]): void {
    const atMs = clock.now();
    for (const { id: key, uri, afterS, characters, keptCharacters } of looks)
      store.add(uri, { kind: 'survival', key, atMs, afterS, characters, keptCharacters });
  }

  function planNextLook(): void {
    nextLook?.[Symbol.dispose]();
    const dueMs = survival.nextDueMs();
    if (dueMs === undefined) return;
    nextLook = clock.after(Math.max(0, dueMs - clock.now()), () => {
      if (isOn()) noteLooks(survival.due(clock.now()));
      planNextLook();
    });
  }

  return {
    shown(shown, alternatives) {
      if (isOn()) note(acceptance.shown(shown, alternatives));
    },
    documentChanged(uri, changes, textAfter) {
      if (!isOn()) return;
      let isAnyTracked = false;
      for (const change of changes) {
        survival.changed(uri, change);
        const events = acceptance.changed(uri, change);
        note(events);
        isAnyTracked ||= events.some((event) => 'stands' in event);
      }
      survival.textIs(uri, textAfter);
      if (isAnyTracked) planNextLook();
    },
    documentClosed(uri, text) {
      if (!isOn()) return;
      note(acceptance.closed(uri));
      noteLooks(survival.closed(uri, text));
    },
    acceptedCommand(id) {
      if (isOn()) note(acceptance.accepted(id));
    },
    async statistics() {
      const statistics = await store.statistics(clock.now());
      const isEmpty = statistics.models.length === 0;
      const isOff: Problem = { code: 'events.unavailable', reason: 'hearth.recordEvents is off' };
      const problem = store.problem ?? (isEmpty && !enabled() ? isOff : undefined);
      return problem === undefined ? statistics : { ...statistics, problem };
    },
    async deleteAll() {
      forget();
      await store.deleteAll();
    },
    async [Symbol.asyncDispose]() {
      if (isOn()) noteLooks(survival.closedAll());
      forget();
      await store[Symbol.asyncDispose]();
    },
  };
}
