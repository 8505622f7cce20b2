import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Random, randomFrom } from '../../src/base/random.ts';
import { Message } from '../../src/protocol/messages.ts';
import type {
  ComparedCompletions,
  ExamplePage,
  ExportResult,
  PersonalOverview,
  PersonalStatus,
  TrainingOutcome,
  TrainResult,
} from '../../src/protocol/personalMessages.ts';
import { writeCutModel } from '../vscode/cutModel.ts';
import { trainersOf } from '../vscode/processes.ts';
import { BareClient, type BareClientOptions } from './bareClient.ts';
import { beginning, ending, teachHabit } from './habit.ts';

/** 50 of them take about five minutes on two cores: HEARTH_KILLS=50 npm run test:engine -- test/engine/personalCrashes.test.ts */
const kills = Number(process.env['HEARTH_KILLS'] ?? 8);
/** Another seed kills at other moments. */
const seed = Number(process.env['HEARTH_KILLS_SEED'] ?? 1);
const starter = join(import.meta.dirname, '../../models/starter.gguf');

const victims = ['trainer', 'modelHost', 'engine'] as const;
/** In the order in which a training goes through them. */
const phases = ['preparing', 'training', 'proving', 'keeping'] as const;

interface Kill {
  readonly victim: (typeof victims)[number];
  readonly phase: (typeof phases)[number];
  /** How far into the phase, 0 to 1. */
  readonly share: number;
}

describe('learning, while its processes are killed', () => {
  let home: string;
  let folder: string;
  let learner: Learner;
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'hearth-home-'));
    folder = mkdtempSync(join(tmpdir(), 'hearth-workspace-'));
    const model = join(folder, 'tiny.gguf');
    await writeCutModel(starter, model, { layers: [0], width: 32, heads: 1, kvHeads: 1, feedForward: 32 });
    const taught = await teachHabit(home, folder);
    learner = new Learner({ home, folder, settings: { index: false, learn: 'manual', model } });
    await learner.start();
    assert.equal(learner.examples.length, taught);
  });
  after(async () => {
    await learner[Symbol.asyncDispose]();
    for (const each of [home, folder]) rmSync(each, { recursive: true, force: true, maxRetries: 5 });
  });

  it(`loses no example and no adapter in ${kills} kills, loads nothing half-written, and comes to an end`, async function () {
    this.timeout(60_000 + kills * 60_000);
    const random = randomFrom(seed);
    const done = new Map<string, number>();
    for (let at = 0; at < kills; at++) {
      const where = await learner.kill(chosenKill(at, random));
      done.set(where, (done.get(where) ?? 0) + 1);
      await learner.expectAll(`after kill ${at + 1}, of the ${where}`);
    }
    const outcome = await learner.finish();
    console.log(`      seed ${seed}: ${[...done].map(([where, count]) => `${count} × ${where}`).join(', ')}`);
    console.log(`      ${learner.outcomes.length} trainings ended, ${learner.adapters.size} adapters`);
    assert.match(outcome.kind, /adopted|rejected/);
    assert.deepEqual(
      learner.outcomes.filter(({ kind }) => kind === 'failed' || kind === 'cancelled'),
      [],
    );
    assert.deepEqual(readdirSync(join(home, 'personal', 'runs')), []);
    await learner.expectAll('in the end');
  });
});

/** Each three in a row have every victim once, in any order: no process dies so often that Hearth leaves it, as it should. */
function chosenKill(at: number, random: Random): Kill {
  const round = randomFrom(seed * 1_000 + Math.floor(at / victims.length));
  const order = victims.map((victim) => ({ victim, lot: round() })).toSorted((a, b) => a.lot - b.lot);
  const victim = order[at % victims.length]?.victim ?? 'engine';
  const phase = victim === 'trainer' ? 'training' : (phases[Math.floor(random() * phases.length)] ?? 'training');
  return { victim, phase, share: random() };
}

/** An engine that learns, and the one that comes after it when it is killed. */
class Learner implements AsyncDisposable {
  readonly adapters = new Set<string>();
  readonly outcomes: TrainingOutcome[] = [];
  /** Identifiers of all there are. */
  examples: readonly number[] = [];
  readonly #options: BareClientOptions & { readonly home: string };
  #client: BareClient | undefined;
  #status: PersonalStatus | undefined;

  constructor(options: BareClientOptions & { readonly home: string }) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const client = await BareClient.start(this.#options);
    this.#client = client;
    client.connection.onNotification(Message.personalStatus, (status: PersonalStatus) => this.#heard(status));
    await client.until(({ state }) => state === 'ready', 60_000);
    if (this.examples.length === 0) this.examples = await this.#exampleIds();
  }

  /** Where the training is; undefined while there is none. */
  get phase(): Kill['phase'] | undefined {
    const state = this.#status?.state;
    if (state === undefined || state === 'idle' || state === 'off') return undefined;
    return state === 'preparing' || state === 'proving' ? state : 'training';
  }

  /** Kills somebody at a moment; returns who and when it was. */
  async kill({ victim, phase, share }: Kill): Promise<string> {
    let pid: number | undefined;
    // A trainer may have ended just before: then one of the next training, somewhat earlier.
    for (let before = share; pid === undefined; before *= 0.7) {
      await this.#reach(phase, before);
      pid = this.#pidOf(victim);
    }
    const when = this.phase ?? 'idle';
    const { server } = this.#clientNow;
    const exited = once(server, 'exit');
    process.kill(pid, 'SIGKILL');
    if (victim === 'engine') {
      await exited;
      await this.#clientNow[Symbol.asyncDispose]();
      this.#status = undefined;
      await this.start();
    }
    return `${victim} while ${when === 'proving' && phase === 'keeping' ? phase : when}`;
  }

  /** Everything that there was is there, and everything works. */
  async expectAll(when: string): Promise<void> {
    const client = this.#clientNow;
    assert.deepEqual(await this.#exampleIds(), this.examples, `examples ${when}`);

    const written = await until(`something is written ${when}`, () => this.#write(), 60_000);
    assert.notEqual(written.without, '');
    const { adapters, inUse } = await this.#overview();
    const listed = adapters.map(({ id }) => id);
    for (const id of listed) this.adapters.add(id);
    assert.deepEqual(listed.toSorted(), [...this.adapters].toSorted(), `adapters ${when}`);
    for (const { id } of inUse) assert.ok(listed.includes(id), `${id} is in use ${when}`);
    const into = mkdtempSync(join(tmpdir(), 'hearth-exported-'));
    for (const id of listed) {
      const result = await client.connection.sendRequest<ExportResult>(Message.exportAdapter, { id, into });
      assert.ok(result.ok, `${id} loads ${when}: ${JSON.stringify(result)}`);
    }
    rmSync(into, { recursive: true });
    const damaged = client.problems.filter(({ code }) => code.startsWith('adapter.') || code.startsWith('events.'));
    assert.deepEqual(damaged, [], `problems ${when}`);
    // A training that had begun goes on by itself.
    await until(
      `the training goes on ${when}`,
      () => this.phase !== undefined || this.#unfinished().length === 0,
      60_000,
    );
  }

  /** Lets a training come to its end, and tells how it ended. */
  async finish(): Promise<TrainingOutcome> {
    if (this.phase === undefined) await this.#begin();
    return until('the training ends', () => this.phase === undefined && this.outcomes.at(-1), 120_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client?.[Symbol.asyncDispose]();
  }

  get #clientNow(): BareClient {
    assert.ok(this.#client);
    return this.#client;
  }

  #heard(status: PersonalStatus): void {
    if (status.outcome !== undefined && this.phase !== undefined) this.outcomes.push(status.outcome);
    this.#status = status;
  }

  async #reach(phase: Kill['phase'], share: number): Promise<void> {
    // What is over comes again with the next training.
    if (this.phase !== undefined && phases.indexOf(phase) < phases.indexOf(this.phase)) await this.finish();
    if (this.phase === undefined) {
      const begun = this.#begin();
      if (phase === 'preparing') {
        // Whoever is killed now leaves the request without an answer.
        begun.catch(() => undefined);
        await delay(share * 600);
        return;
      }
      await begun;
    }
    if (phase === 'training' || phase === 'proving') {
      await until(`${phase} has come far enough`, () => this.#isAt(phase, share), 120_000);
      // Statuses come four times a second.
      await delay(share * 250);
    }
    if (phase === 'keeping') await this.#keeping();
  }

  /** Whether a phase has come so far, or it is too late for that. */
  #isAt(phase: 'training' | 'proving', share: number): boolean {
    const { step = 0, steps = 0 } = this.#status?.progress ?? {};
    if (this.phase === phase) return steps > 0 && step >= share * steps;
    return this.phase === undefined || (phase === 'training' && this.phase === 'proving');
  }

  /** The first moment at which there is something of a new adapter on the disk. */
  async #keeping(): Promise<void> {
    const adapters = join(this.#options.home, 'personal', 'adapters');
    mkdirSync(adapters, { recursive: true });
    const found = new AbortController();
    const watcher = watch(adapters, () => found.abort());
    while (!found.signal.aborted && this.phase !== undefined) await delay(1);
    watcher.close();
  }

  async #begin(): Promise<void> {
    const place = { kind: 'personal' };
    const result = await this.#clientNow.connection.sendRequest<TrainResult>(Message.train, { place });
    assert.ok(result.ok, JSON.stringify(result));
    await until('the training is told', () => this.phase);
  }

  #pidOf(victim: Kill['victim']): number | undefined {
    const { server, log } = this.#clientNow;
    if (victim === 'engine') return server.pid;
    if (victim === 'modelHost') return Number(log.findLast((line) => readyLine.test(line))?.match(readyLine)?.[1]);
    return trainersOf(server.pid ?? 0)[0];
  }

  async #exampleIds(): Promise<number[]> {
    const ids: number[] = [];
    for (let before: number | undefined; ; ) {
      const query = { limit: 50, ...(before === undefined ? {} : { before }) };
      const page = await this.#clientNow.connection.sendRequest<ExamplePage>(Message.personalExamples, query);
      ids.push(...page.examples.map(({ id }) => id));
      before = page.next;
      if (before === undefined) return ids;
    }
  }

  #overview(): Promise<PersonalOverview> {
    return this.#clientNow.connection.sendRequest(Message.personal);
  }

  /** What is written at a place; undefined while no model is there to write. */
  async #write(): Promise<ComparedCompletions | undefined> {
    const client = this.#clientNow;
    // Hearth gives up a model that died five times in three minutes, until the user says so.
    if (client.statuses.at(-1)?.state === 'error') await client.connection.sendRequest(Message.restartModel);
    const text = `${beginning('import', 'order')}█${ending}`;
    const { uri, position } = await client.open(`order${Date.now()}.js`, 'javascript', text);
    // Ghost text may be empty, but never an error.
    await client.complete(uri, position);
    const place = { uri, position };
    const written = client.connection.sendRequest<ComparedCompletions>(Message.compareAdapter, place);
    return written.catch(() => undefined).then((both) => (both?.without ? both : undefined));
  }

  /** Trainings that are on the disk. */
  #unfinished(): readonly string[] {
    return readdirSync(join(this.#options.home, 'personal', 'runs'));
  }
}

const readyLine = /is ready on .* \(process (\d+)/;

async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  timeoutMs = 30_000,
): Promise<Exclude<T, undefined | false>> {
  for (const deadline = Date.now() + timeoutMs; ; await delay(20)) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain: ${what}`);
  }
}

function isThere<T>(answer: T): answer is Exclude<T, undefined | false> {
  return answer !== undefined && answer !== false;
}
