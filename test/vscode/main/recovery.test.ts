import { strict as assert } from 'node:assert';
import { performance } from 'node:perf_hooks';
import { closeEditors, ghostTextAfter, hearth, note, openFile, until } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { modelHostsOf } from '../processes.ts';
import { ghostText, press, type } from '../screen.ts';

const maxReturnMs = 10_000;

describe('a model host that is killed while typing', () => {
  before(async () => (await hearth()).whenReady());
  afterEach(closeEditors);

  it('does not disturb typing, and ghost text is back within 10 s', async () => {
    const { path, text, typed } = idioms.typescript;
    await ghostTextAfter(path, text, typed);
    await press('Escape');
    const engine = (await hearth()).enginePid() ?? Number.NaN;
    const hosts = modelHostsOf(engine);
    assert.equal(hosts.length, 1, 'one model host, however much was typed');

    const editor = await openFile('src/killed.ts', text);
    const typing = type(`${typed}x`.repeat(3));
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
    const killedAt = performance.now();
    await typing;
    await until(
      'every key arrives',
      () => editor.document.getText() === text.replace('█', `${typed}x`.repeat(3)),
      2000,
    );

    await openFile(path, text);
    await type(typed);
    assert.notEqual(await ghostText(), '');
    const backMs = performance.now() - killedAt;
    note(`ghost text back ${(backMs / 1000).toFixed(1)} s after the model host was killed`);
    assert(backMs < maxReturnMs);
    const [reborn] = modelHostsOf(engine);
    assert(reborn !== undefined && !hosts.includes(reborn));
  });

  it('comes back after the engine is killed, too', async () => {
    const api = await hearth();
    const before = api.enginePid();
    assert(before !== undefined);
    process.kill(before, 'SIGKILL');
    await until('another engine runs', () => {
      const pid = api.enginePid();
      return pid !== undefined && pid !== before;
    });
    await api.whenReady();
    const { path, text, typed } = idioms.python;
    assert.notEqual(await ghostTextAfter(path, text, typed), '');
  });
});
