import { randomBytes } from 'node:crypto';
import { onDispose } from '../../base/disposable.ts';
import type { Statistics } from '../../protocol/messages.ts';
import type { Problem } from '../../protocol/problems.ts';
import { Acceptance } from './acceptance.ts';
import type { CompletionEvent, Shown, TextChange } from './completionEvent.ts';
import type { ExampleEvent } from './exampleEvent.ts';
import { exampleAfter, exampleOfEdit, exampleOfInstead, exampleOfOffer } from './exampleOf.ts';
import { EventStore, type EventStoreOptions } from './eventStore.ts';
import { Instead, type InsteadLook } from './instead.ts';
import { type Look, Survival } from './survival.ts';
import type { TaughtEdit } from './taughtEdit.ts';

/**
 * Learns and keeps what happens to completions. Use:
 *
 *     recorder.shown(first, others)                      when completions are answered
 *     recorder.documentChanged(uri, changes, textAfter)  at every change; documentClosed(uri, text) at the end
 *     recorder.acceptedCommand(id)                       when the editor says that the whole was accepted
 *     recorder.teach(edit)                               when the user accepted an edit from elsewhere
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
  /** To be called once the edit stands in the document and its change was told. */
  teach(edit: TaughtEdit): void;
  statistics(): Promise<Statistics>;
  /** Deletes every record of every session, here and in the file. Throws `ProblemError` when that fails. */
  deleteAll(): Promise<void>;
  /** Where all this is kept, for those who read it: a process has one connection to it. */
  readonly store: EventStore;
}

export interface RecorderOptions extends Pick<EventStoreOptions, 'dataFolder' | 'mayLearn' | 'log' | 'onProblem'> {
  /** The user's switch, asked at every event and again before writing. */
  readonly enabled: () => boolean;
  /** Whether nothing of this document may be kept. */
  readonly isExcluded: (uri: string) => Promise<boolean>;
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

export function createRecorder(options: RecorderOptions): Recorder {
  const { enabled, isExcluded, clock = systemClock } = options;
  const store = new EventStore({
    ...options,
    mayStore: async (uri) => enabled() && !(await isExcluded(uri)),
    onForget: forget,
  });
  const session = randomBytes(6).toString('hex');
  const survival = new Survival();
  const instead = new Instead();
  let acceptance = new Acceptance();
  let nextLook: Disposable | undefined;
  let edits = 0;

  function forget(): void {
    acceptance = new Acceptance();
    survival.clear();
    instead.clear();
    nextLook?.[Symbol.dispose]();
  }

  /** Whether to record; what is known so far is forgotten when the user switched it off. */
  function isOn(): boolean {
    if (!enabled()) forget();
    return enabled();
  }

  function keyOf({ id }: { readonly id: string }): string {
    return `${session}:${id}`;
  }

  function note(events: readonly CompletionEvent[]): void {
    const atMs = clock.now();
    for (const event of events) {
      const { kind, shown } = event;
      const { uri, model, languageId, path, origin, latencyMs, insertText } = shown;
      const at = { key: keyOf(shown), atMs };
      if (kind === 'shown') {
        store.add(uri, { kind, ...at, model, languageId, path, origin, latencyMs, characters: insertText.length });
        instead.shown(shown);
        continue;
      }
      store.add(uri, { kind, ...at, characters: event.characters });
      if (kind === 'rejected') {
        instead.refused(shown, atMs);
        continue;
      }
      instead.forget(shown);
      const { completed } = event;
      noteExample(uri, exampleOfOffer(at, kind === 'typedThrough' ? 'typed' : 'accepted', shown, completed));
      if (kind !== 'typedThrough' && event.stands !== undefined)
        survival.track(at.key, uri, event.stands, atMs, completed);
    }
  }

  function noteExample(uri: string, example: ExampleEvent | undefined): void {
    if (example !== undefined) store.add(uri, example);
  }

  function noteLooks(looks: readonly Look[], insteadLooks: readonly InsteadLook[]): void {
    const atMs = clock.now();
    for (const { id: key, uri, afterS, characters, keptCharacters } of looks)
      store.add(uri, { kind: 'survival', key, atMs, afterS, characters, keptCharacters });
    const last = new Map(looks.map((look) => [look.id, look]));
    for (const [key, look] of last) noteExample(look.uri, exampleAfter({ key, atMs }, look));
    for (const look of insteadLooks)
      noteExample(look.shown.uri, exampleOfInstead({ key: keyOf(look.shown), atMs: look.atMs }, look));
  }

  function planNextLook(): void {
    nextLook?.[Symbol.dispose]();
    const dueMs = Math.min(survival.nextDueMs() ?? Infinity, instead.nextDueMs() ?? Infinity);
    if (dueMs === Infinity) return;
    nextLook = clock.after(Math.max(0, dueMs - clock.now()), () => {
      const nowMs = clock.now();
      if (isOn()) noteLooks(survival.due(nowMs), instead.due(nowMs));
      planNextLook();
    });
  }

  function noteAndPlan(events: readonly CompletionEvent[]): void {
    note(events);
    if (events.some(({ kind }) => kind !== 'shown')) planNextLook();
  }

  return {
    store,
    shown(shown, alternatives) {
      if (isOn()) noteAndPlan(acceptance.shown(shown, alternatives));
    },
    documentChanged(uri, changes, textAfter) {
      if (!isOn()) return;
      const events = changes.flatMap((change) => {
        survival.changed(uri, change);
        instead.changed(uri, change);
        const learned = acceptance.changed(uri, change);
        note(learned);
        return learned;
      });
      survival.textIs(uri, textAfter);
      instead.textIs(uri, textAfter);
      if (events.length > 0) planNextLook();
    },
    documentClosed(uri, text) {
      if (!isOn()) return;
      note(acceptance.closed(uri));
      noteLooks(survival.closed(uri, text), instead.closed(uri, text));
    },
    acceptedCommand(id) {
      if (isOn()) noteAndPlan(acceptance.accepted(id));
    },
    teach(edit) {
      if (!isOn()) return;
      const at = { key: `${session}:edit${++edits}`, atMs: clock.now() };
      const { uri, prefix, text, suffix } = edit;
      noteExample(uri, exampleOfEdit(at, edit));
      survival.track(at.key, uri, { start: prefix.length, text }, at.atMs);
      survival.textIs(uri, prefix + text + suffix);
      planNextLook();
    },
    async statistics() {
      const statistics = await store.statistics(clock.now());
      const isEmpty = statistics.models.length === 0;
      const isOff: Problem = { code: 'events.unavailable', reason: 'hearth.recordEvents is off' };
      const problem = store.problem ?? (isEmpty && !enabled() ? isOff : undefined);
      return problem === undefined ? statistics : { ...statistics, problem };
    },
    deleteAll: () => store.deleteAll(clock.now()),
    async [Symbol.asyncDispose]() {
      if (isOn()) noteLooks(survival.closedAll(), instead.closedAll());
      forget();
      await store[Symbol.asyncDispose]();
    },
  };
}
