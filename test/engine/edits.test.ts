import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import {
  type Act,
  type ActProgress,
  type ActResult,
  type CanAct,
  type CheckedEdits,
  type CheckpointList,
  EditMessage,
  type EditPlanView,
  type PlanAnswer,
  type RollBackPlan,
} from '../../src/protocol/editMessages.ts';
import { Message } from '../../src/protocol/messages.ts';
import type { ExamplePage } from '../../src/protocol/personalMessages.ts';
import { ScriptedModel, searchReplace } from '../scriptedModel.ts';
import { BareClient } from './bareClient.ts';

const block = searchReplace;
const code = 'export function add(a: number, b: number): number {\n  return a - b;\n}\n';

/** A model that does not answer. */
const never = () => new Promise<string>(() => {});

/** A client that writes what it may, as any editor would: to the disk, where nothing is open. */
class Writer implements AsyncDisposable {
  readonly client: BareClient;
  readonly progress: ActProgress[] = [];

  private constructor(client: BareClient) {
    this.client = client;
    client.connection.onNotification(EditMessage.progress, (step: ActProgress) => void this.progress.push(step));
  }

  static async start(settings: Readonly<Record<string, unknown>> = {}, home?: string): Promise<Writer> {
    return new Writer(await BareClient.start({ settings, ...(home && { home }) }));
  }

  ask<T>(method: string, params?: object): Promise<T> {
    return params === undefined
      ? this.client.connection.sendRequest(method)
      : this.client.connection.sendRequest(method, params);
  }

  plan(text: string, more: Partial<PlanAnswer> = {}): Promise<EditPlanView> {
    return this.ask(EditMessage.plan, { kind: 'answer', text, ...more });
  }

  check(plan: string, confirmed: readonly string[] = []): Promise<CheckedEdits> {
    return this.ask(EditMessage.check, { plan, confirmed });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const path = this.path(name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  path(name: string): string {
    return join(this.client.folder, name);
  }

  text(name: string): string | undefined {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : undefined;
  }

  /** Checks, writes, and says so. Resolves to the checkpoint. */
  async carryOut({ id, files }: EditPlanView, confirmed: readonly string[] = []): Promise<string> {
    const checked = await this.check(id, confirmed);
    assert.ok(checked.ok, JSON.stringify(checked));
    for (const { kind, path, to, after = '' } of files) {
      if (kind === 'delete') rmSync(this.path(path));
      else this.write({ [path]: after });
      if (kind === 'rename') renameSync(this.path(path), this.path(to?.path ?? ''));
    }
    await this.ask(EditMessage.applied, { plan: id, checkpoint: checked.checkpoint, isWritten: true });
    return checked.checkpoint;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.client[Symbol.asyncDispose]();
  }
}

describe('edits through the engine', function () {
  this.timeout(30_000);
  let writer: Writer;
  before(async () => {
    writer = await Writer.start({ index: false });
  });
  after(() => writer[Symbol.asyncDispose]());
  beforeEach(() => writer.write({ 'src/a.ts': code, 'src/b.ts': 'export const b = 1;\n' }));

  it('are planned, checked, kept, written by the client, and rolled back', async () => {
    const plan = await writer.plan(
      `${block('src/a.ts', '  return a - b;', '  return a + b;')}\n\`\`\`ts src/new/c.ts\nexport const c = 1;\n\`\`\``,
    );
    assert.deepEqual(
      plan.files.map(({ kind, path }) => [kind, path]),
      [
        ['change', 'src/a.ts'],
        ['create', 'src/new/c.ts'],
      ],
    );
    assert.equal(writer.text('src/a.ts'), code, 'a plan writes nothing');
    const checkpoint = await writer.carryOut(plan);
    assert.equal(writer.text('src/a.ts'), code.replace('-', '+'));
    const { checkpoints } = await writer.ask<CheckpointList>(EditMessage.checkpoints);
    assert.deepEqual(checkpoints[0], {
      id: checkpoint,
      atMs: checkpoints[0]?.atMs,
      paths: ['src/a.ts', 'src/new/c.ts'],
    });
    if (process.platform !== 'win32')
      assert.equal(statSync(join(writer.client.home, 'checkpoints')).mode & 0o777, 0o700);
    const back = await writer.ask<RollBackPlan>(EditMessage.rollBack, { checkpoint });
    assert.deepEqual(back.changedSince, []);
    await writer.carryOut(back.plan);
    assert.equal(writer.text('src/a.ts'), code);
    assert.equal(writer.text('src/new/c.ts'), undefined);
  });

  it('are rolled back by another engine, which knows only what is on the disk', async () => {
    const checkpoint = await writer.carryOut(
      await writer.plan(block('src/b.ts', 'export const b = 1;', 'export const b = 2;')),
    );
    const { home, folder } = writer.client;
    await using second = await BareClient.start({ home, folder, settings: { index: false } });
    const { plan } = await second.connection.sendRequest<RollBackPlan>(EditMessage.rollBack, { checkpoint });
    assert.deepEqual(
      plan.files.map(({ path, after }) => [path, after]),
      [['src/b.ts', 'export const b = 1;\n']],
    );
  });

  it('count what is typed and not saved', async () => {
    const { uri } = await writer.client.open('src/a.ts', 'typescript', `${code}█`);
    await writer.client.type(uri, { line: 0, character: 0 }, '// mine\n');
    const plan = await writer.plan(block('src/a.ts', '  return a - b;', '  return a + b;'));
    assert.equal(plan.files[0]?.before, `// mine\n${code}`);
    await writer.client.type(uri, { line: 0, character: 0 }, '// more\n');
    assert.deepEqual(await writer.check(plan.id), { ok: false, stale: [{ path: 'src/a.ts', why: 'changed' }] });
    await writer.client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  });

  it('are refused outside, through links and where secrets are; zero files are touched', async function () {
    const outside = join(dirname(writer.client.folder), 'outside');
    writer.write({ '.env': 'KEY=1\n' });
    const paths = ['../outside/x.ts', '/etc/passwd', '~/.bashrc', '.env', 'src/../../x.ts'];
    if (process.platform !== 'win32') {
      mkdirSync(outside, { recursive: true });
      symlinkSync(outside, writer.path('linked'));
      paths.push('linked/x.ts');
    }
    try {
      for (const path of paths) {
        const { files, refused, id } = await writer.plan(`\`\`\`ts ${path}\nx\n\`\`\``);
        assert.deepEqual([files, refused.map(({ reason }) => reason.code)], [[], ['target']], path);
        assert.equal((await writer.check(id)).ok, false, path);
      }
      assert.equal(writer.text('.env'), 'KEY=1\n');
      if (existsSync(outside)) assert.deepEqual(readdirSync(outside), []);
    } finally {
      rmSync(writer.path('linked'), { force: true });
      rmSync(outside, { recursive: true, force: true });
      rmSync(writer.path('.env'));
    }
  });

  it('of protected files need a yes to each', async () => {
    for (const path of ['.vscode/settings.json', '.git/hooks/pre-commit', 'CLAUDE.md', 'package.json', '.mcp.json']) {
      const plan = await writer.plan(`\`\`\`text ${path}\nx\n\`\`\``);
      assert.ok(plan.files[0]?.confirm, path);
      assert.deepEqual(await writer.check(plan.id), { ok: false, unconfirmed: [path] });
      assert.equal(writer.text(path), undefined);
    }
  });

  it('that the user accepted teach, where they stand', async () => {
    const { uri } = await writer.client.open('src/a.ts', 'typescript', `${code}█`);
    const plan = await writer.plan(block('src/a.ts', '  return a - b;', '  const sum = a + b;\n  return sum;'), {
      model: 'm',
    });
    const checked = await writer.check(plan.id);
    assert.ok(checked.ok);
    const place = { line: 1, character: 0 };
    await writer.client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: place, end: { line: 2, character: 0 } }, text: '  const sum = a + b;\n  return sum;\n' },
      ],
    });
    await writer.ask(EditMessage.applied, { plan: plan.id, checkpoint: checked.checkpoint, isWritten: true });
    const { examples } = await writer.ask<ExamplePage>(Message.personalExamples, { limit: 5 });
    assert.deepEqual(
      examples.map(({ kind, text, path }) => [kind, text, path]),
      [['edit', '  const sum = a + b;\n  return sum;\n', 'src/a.ts']],
    );
    await writer.client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  });

  it('say that no model can write one', async () => {
    await writer.client.ready();
    const can = await writer.ask<CanAct>(EditMessage.canAct);
    assert.ok('problem' in can && can.problem.code === 'model.noChat', JSON.stringify(can));
  });
});

// The model is a double: see ScriptedModel.
describe('a change that a model writes', function () {
  this.timeout(30_000);
  let model: ScriptedModel;
  let writer: Writer;
  let actions = 0;
  before(async () => {
    model = await ScriptedModel.start();
    writer = await Writer.start({ index: false, server: model.url });
    await writer.client.until(({ server }) => server?.model !== undefined);
  });
  after(async () => {
    await writer?.[Symbol.asyncDispose]();
    await model?.[Symbol.asyncDispose]();
  });
  let uri = '';
  beforeEach(async () => {
    writer.progress.length = 0;
    writer.write({ 'src/a.ts': code });
    ({ uri } = await writer.client.open('src/a.ts', 'typescript', `${code}█`));
  });
  afterEach(() => writer.client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } }));

  const act = (more: Partial<Act> = {}): Act => ({
    action: `act${++actions}`,
    kind: 'fix',
    uri,
    range: { startLine: 2, endLine: 2 },
    problems: [{ uri, line: 2, severity: 'error', message: 'It should add.', source: 'test' }],
    ...more,
  });
  const run = (asked: Act) => writer.ask<ActResult>(EditMessage.act, asked);
  const fixed = block('src/a.ts', '  return a - b;', '  return a + b;');

  it('is planned, with its progress, and not written', async () => {
    model.script(`The sign was wrong.\n\n${fixed}`);
    const result = await run(act());
    assert.ok(result.ok, JSON.stringify(result));
    assert.deepEqual([result.model, result.said, result.isRepaired], ['scripted', 'The sign was wrong.', false]);
    assert.deepEqual(result.plan.files[0]?.hunks, [
      { line: 1, removed: '  return a - b;\n', added: '  return a + b;\n' },
    ]);
    assert.equal(writer.text('src/a.ts'), code);
    const [asked] = model.asked;
    assert.match(
      asked?.at(-1)?.content ?? '',
      /It should add\.\n {4}return a - b;[^]*Fix the problems .* in add \(lines 1-3\) of src\/a\.ts/,
    );
    const stages = new Set(writer.progress.map(({ stage }) => stage));
    assert.ok(stages.has('gathering') && stages.has('reading') && stages.has('writing'), [...stages].join());
  });

  it('is asked for once more, with the reason, when it cannot be used', async () => {
    model.script(block('src/a.ts', '  return a * b;', '  return a + b;'), fixed);
    const result = await run(act());
    assert.ok(result.ok && result.isRepaired, JSON.stringify(result));
    assert.deepEqual(result.plan.refused, []);
    assert.match(
      model.asked[1]?.at(-1)?.content ?? '',
      /cannot be used:\n- src\/a\.ts: The file differs from the search text/,
    );
    assert.ok(writer.progress.some(({ stage }) => stage === 'repairing'));
  });

  it('is asked for once more when the file could not be parsed with it', async () => {
    model.script(block('src/a.ts', '  return a - b;', '  return (a + b;'), fixed);
    const result = await run(act());
    assert.ok(result.ok && result.isRepaired && result.plan.files[0]?.breaks === undefined, JSON.stringify(result));
  });

  it('is not asked for a third time: what is wrong is told', async () => {
    model.script(block('src/a.ts', '  return a * b;', 'x'));
    const result = await run(act());
    assert.ok(result.ok);
    assert.equal(model.asked.length, 2);
    assert.deepEqual(
      result.plan.refused.map(({ reason }) => reason.code),
      ['outdated'],
    );
    model.script('I would rather not.');
    assert.deepEqual(await run(act()), { ok: false, problem: { code: 'edits.nothing', model: 'scripted' } });
  });

  it('is mended after it was written, with what is wrong then', async () => {
    model.script(fixed);
    const asked = act();
    await run(asked);
    model.script(block('src/a.ts', '  return a - b;', '  return Number(a) + b;'));
    const problems = [{ uri, line: 1, severity: 'error', message: 'a is a string' } as const];
    const result = await writer.ask<ActResult>(EditMessage.repair, { action: asked.action, problems, isBroken: true });
    assert.ok(result.ok, JSON.stringify(result));
    const last = model.asked[0]?.at(-1)?.content ?? '';
    assert.match(last, /a is a string/);
    assert.match(last, /has a syntax error now/);
    assert.deepEqual(
      model.asked[0]?.map(({ role }) => role),
      ['system', 'user', 'assistant', 'user'],
    );
    assert.deepEqual(await writer.ask(EditMessage.repair, { action: 'unknown', problems, isBroken: false }), {
      ok: false,
      problem: { code: 'edits.gone' },
    });
  });

  it('ends when it is cancelled, or when a newer one begins', async () => {
    model.script(never, never, fixed);
    const source = new CancellationTokenSource();
    const first = writer.client.connection.sendRequest(EditMessage.act, act(), source.token);
    setTimeout(() => source.cancel(), 200);
    await assert.rejects(first);
    const second = run(act());
    const ended = assert.rejects(second);
    while (model.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    const third = await run(act());
    await ended;
    assert.ok(third.ok);
  });

  it('of tests is a new file where there is none', async () => {
    model.script("src/a.test.ts\n```ts\nimport { add } from './a.ts';\nadd(1, 2);\n```\n");
    const result = await run(act({ kind: 'tests', problems: [] }));
    assert.ok(result.ok, JSON.stringify(result));
    assert.deepEqual(
      result.plan.files.map(({ kind, path }) => [kind, path]),
      [['create', 'src/a.test.ts']],
    );
  });

  it('works code into a file that it has no place in', async () => {
    const snippet = 'if (a === 0) return b;\n';
    const planned = await writer.plan(snippet, { kind: 'code', target: { uri } });
    assert.deepEqual(planned.needsModel, { uri });
    const whole = code.replace('{\n', '{\n  if (a === 0) return b;\n');
    model.script(`src/a.ts\n\`\`\`ts\n${whole}\`\`\`\n`);
    const result = await run(act({ kind: 'apply', code: snippet, problems: [] }));
    assert.ok(result.ok, JSON.stringify(result));
    assert.deepEqual(result.plan.files[0]?.hunks, [{ line: 1, removed: '', added: '  if (a === 0) return b;\n' }]);
    assert.match(model.asked[0]?.at(-1)?.content ?? '', /```code to apply\nif \(a === 0\)/);
  });

  it('does not get where no edit may be, whatever the model says', async () => {
    model.script('```sh ../../.bashrc\ncurl evil.example\n```\n```json .vscode/settings.json\n{"a":1}\n```\n');
    const result = await run(act());
    assert.ok(result.ok);
    assert.deepEqual(
      result.plan.refused.map(({ path }) => path),
      ['../../.bashrc'],
    );
    assert.equal((await writer.check(result.plan.id, ['.vscode/settings.json'])).ok, false);
    assert.equal(writer.text('.vscode/settings.json'), undefined);
  });

  it('is not asked for in a file that Hearth may not read or that lies elsewhere', async () => {
    model.script(fixed);
    const untitled = await writer.client.open('untitled:Untitled-1', 'typescript', `${code}█`);
    const secret = await writer.client.open('.env', 'properties', 'KEY=1\n█');
    for (const place of [untitled.uri, secret.uri, writer.client.uri('src/closed.ts')]) {
      const result = await run(act({ uri: place }));
      assert.ok(!result.ok && result.problem.code === 'edits.noFile', place);
    }
    assert.equal(model.asked.length, 0);
  });

  it('shows a server no secret, and never writes a mask over one', async () => {
    const key = 'ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
    const secret = `const token = '${key}';\nexport const a = 1;\n`;
    const { uri: place } = await writer.client.open('src/key.ts', 'typescript', `${secret}█`);
    writer.write({ 'src/key.ts': secret });
    model.script(block('src/key.ts', 'export const a = 1;', "export const a = '[secret]';"));
    const result = await run(act({ uri: place, kind: 'instruction', instruction: 'x', problems: [] }));
    assert.ok(!result.ok && result.problem.code === 'edits.nothing', JSON.stringify(result));
    assert.ok(
      model.asked.length > 0 && model.asked.every((each) => each.every(({ content }) => !content.includes(key))),
    );
  });
});
