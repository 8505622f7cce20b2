import { setTimeout as wait } from 'node:timers/promises';
import { statesOf } from './typingTrace.mjs';

/** The user reads a while before typing: time that a peer may use, or not. */
const readingMs = 1_500;
/** After the last key the user waits this long for an answer. */
const lastAnswerMs = 5_000;
const typedThroughCharacters = 4;

/**
 * Types a segment at its own pace, asking after every key. A newer key cancels the request before it, answered or not:
 * what comes later than that was not seen by anyone.
 *
 * @returns one entry per key: how it ended (`text`, `nothing` or `superseded`) after how long, and what it cost
 */
export async function replay(peer, segment) {
  peer.open(segment);
  await wait(readingMs);
  await untilIdle(peer);
  const cpuBefore = peer.cpuSeconds();
  const keys = [];
  let last = { place: undefined, answer: Promise.resolve('') };
  let abort = new AbortController();
  let dueMs = performance.now();
  for (const { key, change, text, cursor } of statesOf(segment)) {
    dueMs += key.gapMs;
    await wait(Math.max(0, dueMs - performance.now()));
    abort.abort();
    abort = new AbortController();
    peer.change(change, text);
    const entry = { outcome: 'superseded', latencyMs: 0, work: undefined };
    keys.push(entry);
    last = { place: { text, cursor }, answer: ask(peer, { text, cursor }, abort.signal, entry) };
  }
  const shown = await Promise.race([last.answer, wait(lastAnswerMs, '')]);
  abort.abort();
  await untilIdle(peer);
  const cpuSeconds = peer.cpuSeconds() - cpuBefore;
  const typedThroughMs = await typeThrough(peer, last.place, shown);
  peer.close();
  return { keys, cpuSeconds, typedThroughMs };
}

/** One completion in a document that nobody has read yet: the time of a whole prefill. */
export async function coldRequest(peer, segment) {
  peer.open(segment);
  const entry = { outcome: 'superseded', latencyMs: 0, work: undefined };
  await ask(peer, segment, new AbortController().signal, entry);
  await untilIdle(peer);
  peer.close();
  return entry;
}

async function ask(peer, place, signal, entry) {
  const startMs = performance.now();
  try {
    const answer = await peer.complete(place, signal);
    if (signal.aborted) return '';
    entry.latencyMs = performance.now() - startMs;
    entry.outcome = answer.text.trim() === '' ? 'nothing' : 'text';
    entry.work = answer.work;
    return answer.text;
  } catch (cause) {
    if (!signal.aborted) throw cause;
    return '';
  }
}

/** The user types what the ghost text says. Times of the answers that are the rest of it. */
async function typeThrough(peer, { text, cursor }, answer) {
  const times = [];
  for (let typed = 1; typed <= Math.min(typedThroughCharacters, answer.length - 1); typed++) {
    const inserted = answer[typed - 1];
    const at = cursor + typed - 1;
    const now = text.slice(0, cursor) + answer.slice(0, typed) + text.slice(cursor);
    peer.change({ start: at, end: at, inserted }, now);
    const entry = { outcome: 'superseded', latencyMs: 0, work: undefined };
    const got = await ask(peer, { text: now, cursor: at + 1 }, new AbortController().signal, entry);
    if (got === answer.slice(typed)) times.push(entry.latencyMs);
    await wait(150);
  }
  return times;
}

/** Until the peer's processes rest, so that the other one gets the machine for itself; at most five seconds. */
async function untilIdle(peer) {
  for (let round = 0; round < 20; round++) {
    const before = peer.cpuSeconds();
    await wait(250);
    if (peer.cpuSeconds() - before <= 0.02) return;
  }
}
