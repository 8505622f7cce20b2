import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { closeEditors, ghostTextAfter, hearth, until } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { proxiedRequests } from '../screen.ts';

// The whole VS Code runs with a proxy in its environment that every Node process obeys, and that only takes notes.
describe('offline', () => {
  before(async () => (await hearth()).whenReady());
  after(closeEditors);

  it('notices a request when there is one', async () => {
    const script = "fetch('http://control.invalid/').catch(() => {})";
    spawnSync(process.execPath, ['-e', script], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    await until('the proxy saw it', async () =>
      (await proxiedRequests()).some((each) => each.includes('control.invalid')),
    );
  });

  it('completes without asking the network for anything', async () => {
    const { path, text, typed } = idioms.typescript;
    assert.notEqual(await ghostTextAfter(path, text, typed), '');
    const others = (await proxiedRequests()).filter((each) => !each.includes('control.invalid'));
    assert.deepEqual(others, []);
  });
});
