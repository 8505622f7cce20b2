import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { silentLogger } from '../../../src/base/logger.ts';
import { createRecorder } from '../../../src/personalize/events/recorder.ts';
import { mayLearnIn } from '../../../src/personalize/examples/learningRules.ts';
import { SimulatedClock } from './clock.mjs';

/** The first day of work, and the time from one place to the next: 400 places are two weeks of it. */
const startMs = Date.UTC(2026, 0, 5, 9);
const betweenSeconds = 480;
/** The looks at what stands there come after 15, 60 and 300 s. */
const lookSeconds = [15, 45, 240];
const latencyMs = 60;

/**
 * Records a developer's work as the engine does while somebody types: ghost text comes up, is accepted, or is refused and
 * something else is typed; then the looks at what became of it. Place after place, in order of time.
 *
 * @param {object[]} places with `snippets`, and with `refused` where the model's own text came up first
 * @returns the recorder, for its store
 */
export async function recordWork(places, { folder, dataFolder, model }) {
  const clock = new SimulatedClock(startMs);
  const recorder = createRecorder({
    dataFolder,
    enabled: () => true,
    isExcluded: async () => false,
    mayLearn: mayLearnIn,
    clock,
    log: silentLogger,
    onProblem: (problem) => {
      throw new Error(`Nothing is recorded: ${JSON.stringify(problem)}`);
    },
  });
  for (const [at, place] of places.entries()) {
    const { prefix, text, suffix, refused } = place;
    const uri = pathToFileURL(join(folder, place.path)).href;
    recorder.shown(shownAt(place, { id: String(at), uri, folder, model, insertText: refused ?? text }));
    if (refused === undefined) {
      const change = { start: prefix.length, deletedLength: 0, insertedText: text };
      recorder.documentChanged(uri, [change], prefix + text + suffix);
      recorder.acceptedCommand(String(at));
    } else typeByHand(recorder, uri, place);
    for (const seconds of lookSeconds) clock.pass(seconds);
    recorder.documentClosed(uri, prefix + text + suffix);
    await recorder.store.flush();
    clock.pass(betweenSeconds);
  }
  return recorder;
}

function shownAt({ path, languageId, prefix, suffix, snippets }, more) {
  const cursor = prefix.length;
  return {
    path,
    languageId,
    prefix,
    suffix,
    snippets,
    start: cursor,
    end: cursor,
    latencyMs,
    origin: 'model',
    ...more,
  };
}

function typeByHand(recorder, uri, { prefix, text, suffix }) {
  for (let typed = 0; typed < text.length; typed++) {
    const change = { start: prefix.length + typed, deletedLength: 0, insertedText: text[typed] };
    recorder.documentChanged(uri, [change], prefix + text.slice(0, typed + 1) + suffix);
  }
}
