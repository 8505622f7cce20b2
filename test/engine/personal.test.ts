import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Message } from '../../src/protocol/messages.ts';
import type {
  ComparedCompletions,
  ExamplePage,
  PersonalOverview,
  TrainingEstimate,
  TrainResult,
  UseAdapter,
} from '../../src/protocol/personalMessages.ts';
import { writeCutModel } from '../vscode/cutModel.ts';
import { BareClient } from './bareClient.ts';
import { beginning, ending, habitual, teachHabit } from './habit.ts';

const personal = { kind: 'personal' } as const;

describe('learning from the user', function () {
  // A training and its proof take a minute on two idle cores.
  this.timeout(300_000);
  const scratch = mkdtempSync(join(tmpdir(), 'hearth-personal-'));
  const home = join(scratch, 'home');
  const folder = mkdtempSync(join(scratch, 'workspace-'));
  const model = join(scratch, 'cut.gguf');
  let taught = 0;
  let client: BareClient;
  const ask = <T>(method: string, params?: unknown): Promise<T> => client.connection.sendRequest(method, params);
  const overview = () => ask<PersonalOverview>(Message.personal);
  const use = (order: UseAdapter) => ask<TrainResult>(Message.useAdapter, order);

  before(async () => {
    taught = await teachHabit(home, folder);
    // Two of the starter's six layers: quick to train, and willing to learn.
    await writeCutModel(join(import.meta.dirname, '../../models/starter.gguf'), model, { layers: [0, 5] });
    client = await BareClient.start({ home, folder, settings: { learn: 'manual', model } });
    await client.ready();
  });
  after(async () => {
    await client[Symbol.asyncDispose]();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  /** What is written where the habit would go on, as ghost text and as the comparison shows it. */
  async function written(name: string): Promise<ComparedCompletions & { readonly ghost: string }> {
    const { uri, position } = await client.open(name, 'javascript', `${beginning('import', 'order')}█${ending}`);
    const [item] = await client.complete(uri, position, { triggerKind: 1 });
    const ghost = typeof item?.insertText === 'string' ? item.insertText : '';
    return { ...(await ask<ComparedCompletions>(Message.compareAdapter, { uri, position })), ghost };
  }

  it('knows the examples, and says what a training would take', async () => {
    const { counts, model: inUse, adapters, status } = await overview();
    assert.equal(counts.total, taught);
    assert.equal(counts.usable, taught);
    assert.equal(inUse?.problem, undefined);
    assert.deepEqual(adapters, []);
    assert.equal(status.state, 'idle');
    const { examples } = await ask<ExamplePage>(Message.personalExamples, { limit: 5 });
    assert.match(examples[0]?.text ?? '', habitual);
    const estimate = await ask<TrainingEstimate>(Message.estimateTraining, { place: personal });
    assert.ok(estimate.ok, JSON.stringify(estimate));
    assert.ok(estimate.seconds > 1 && estimate.seconds < 600, `${estimate.seconds} s`);
    assert.ok(estimate.memoryBytes > 10e6 && estimate.memoryBytes < estimate.freeBytes, JSON.stringify(estimate));
  });

  it('trains when told to, gives way to typing and pauses, proves the adapter and writes with it', async () => {
    const before = await written('before.js');
    assert.equal(before.with, before.without);
    assert.doesNotMatch(before.ghost, habitual);
    assert.deepEqual(await ask<TrainResult>(Message.train, { place: personal }), { ok: true });
    assert.deepEqual(await ask<TrainResult>(Message.train, { place: personal }), {
      ok: false,
      problem: { code: 'training.busy' },
    });
    await client.untilPersonal(({ state, progress }) => state === 'training' && (progress?.step ?? 0) > 0);
    const { uri, position } = await client.open('typing.js', 'javascript', 'let █');
    const typedMs = performance.now();
    await client.type(uri, position, 'a');
    await client.untilPersonal(({ state }) => state === 'waiting', 2_000);
    assert.ok(performance.now() - typedMs < 1_000, 'yields within a second');
    await ask(Message.controlTraining, { order: 'pause' });
    const paused = await client.untilPersonal(({ state }) => state === 'paused');
    await ask(Message.controlTraining, { order: 'resume' });
    await client.untilPersonal(
      ({ state, progress }) => state === 'training' && (progress?.step ?? 0) > (paused.progress?.step ?? 0),
    );
    const { outcome } = await client.untilPersonal((status) => status.outcome !== undefined);
    assert.equal(outcome?.kind, 'adopted', JSON.stringify([outcome, (await overview()).adapters]));
    assert.ok(client.personalStatuses.some(({ state }) => state === 'proving'));

    const { adapters, inUse } = await overview();
    assert.equal(adapters.length, 1);
    const proof = adapters[0]?.proof;
    assert.equal(proof?.verdict, 'better');
    assert.ok(proof.loss.after < proof.loss.before && proof.examples >= 12, JSON.stringify(proof.loss));
    const [used] = inUse;
    assert.deepEqual([inUse.length, used?.id, used?.place], [1, adapters[0]?.id, personal]);
    assert.ok(used !== undefined && used.scale >= 0.25 && used.scale <= 1, `turned down to ${used?.scale}`);
    const after = await written('after.js');
    assert.equal(after.without, before.without, 'the bare model is what it was');
    assert.match(after.with, habitual);
    assert.match(after.ghost, habitual);
    assert.deepEqual(readdirSync(join(home, 'personal/runs')), [], 'its samples are gone');
  });

  it('goes back, forth, and half the way', async () => {
    const [adapter] = (await overview()).adapters;
    assert.ok(adapter);
    assert.deepEqual(await use({ order: 'rollBack', place: personal }), { ok: true });
    const bare = await written('back.js');
    assert.equal(bare.with, bare.without);
    assert.doesNotMatch(bare.ghost, habitual);
    assert.deepEqual(await use({ order: 'use', place: personal, id: adapter.id, scale: 1 }), { ok: true });
    assert.match((await written('forth.js')).ghost, habitual);
    assert.deepEqual(await use({ order: 'use', place: personal, id: adapter.id, scale: 0.5 }), { ok: true });
    assert.equal((await overview()).inUse[0]?.scale, 0.5);
    const missing = await use({ order: 'use', place: personal, id: '20200101-000000-abcdef', scale: 1 });
    assert.equal(!missing.ok && missing.problem.code, 'adapter.unknown');
  });

  it('gives an adapter to other programs and takes it back from them', async () => {
    const [adapter] = (await overview()).adapters;
    assert.ok(adapter);
    const exported = await ask<{ ok: true; folder: string }>(Message.exportAdapter, { id: adapter.id, into: scratch });
    assert.ok(exported.ok, JSON.stringify(exported));
    assert.ok(existsSync(join(exported.folder, 'adapter_model.safetensors')));
    const team = join(scratch, 'team');
    cpSync(exported.folder, team, { recursive: true });
    await use({ order: 'none', place: personal });
    const place = { kind: 'project', folder } as const;
    const taken = await ask<TrainResult>(Message.importAdapter, { paths: [team], name: 'Team', place });
    assert.deepEqual(taken, { ok: true });
    const { adapters, inUse } = await overview();
    assert.deepEqual(
      adapters.map(({ origin }) => origin),
      ['imported', 'trained'],
    );
    assert.deepEqual(inUse, [{ id: adapters[0]?.id, place, scale: 1 }]);
    assert.match((await written('team.js')).ghost, habitual);
  });

  it('learns nothing, and says so, while that is switched off', async () => {
    await client.configure({ learn: 'off', model });
    await client.untilPersonal(({ state }) => state === 'off');
    const refused = await ask<TrainResult>(Message.train, { place: personal });
    assert.equal(!refused.ok && refused.problem.code, 'training.off');
    await client.configure({ learn: 'manual', model });
    await client.untilPersonal(({ state }) => state === 'idle');
  });

  it('forgets all of it when told to: not a byte is left', async () => {
    assert.ok(filesWith('ledger').length > 0);
    await ask(Message.forgetPersonal);
    const { counts, adapters, inUse, status } = await overview();
    assert.deepEqual([counts.total, adapters, inUse], [0, [], []]);
    assert.equal(status.outcome, undefined);
    assert.deepEqual(filesWith('ledger'), []);
    assert.deepEqual(
      readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => /gguf|safetensors|runs/.test(name)),
      [],
    );
    await client.ready();
    assert.doesNotMatch((await written('forgotten.js')).ghost, habitual);
  });

  function filesWith(text: string): readonly string[] {
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    return paths.filter((path) => readFileSync(path).includes(text));
  }
});
