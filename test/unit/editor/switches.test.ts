import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { switchLanguage, writeTarget } from '../../../src/editor/switches.ts';

type Switches = Record<string, boolean>;

/** What VS Code makes of both levels: the workspace's entries over the user's. */
const merged = (user: Switches | undefined, workspace: Switches | undefined) => ({ ...user, ...workspace });

describe('writeTarget', () => {
  it('is the user, unless the workspace has a value that would hide it', () => {
    assert.equal(writeTarget(undefined), 'global');
    assert.equal(writeTarget({ globalValue: true }), 'global');
    assert.equal(writeTarget({ globalValue: true, workspaceValue: false }), 'workspace');
  });
});

describe('switchLanguage', () => {
  it('notes only what is off, and removes a setting that became empty', () => {
    assert.deepEqual(switchLanguage(undefined, 'go', false), { target: 'global', value: { go: false } });
    assert.deepEqual(switchLanguage({ globalValue: { go: false } }, 'go', true), {
      target: 'global',
      value: undefined,
    });
  });

  it('lets the workspace outvote the user where it has an entry', () => {
    const inspected = { globalValue: { go: false }, workspaceValue: { go: false } };
    assert.deepEqual(switchLanguage(inspected, 'go', true), { target: 'workspace', value: { go: true } });
  });

  it('takes effect and leaves every other language alone', () => {
    const switches = fc.option(fc.dictionary(fc.constantFrom('go', 'rust', 'c', '__proto__'), fc.boolean()), {
      nil: undefined,
    });
    fc.assert(
      fc.property(switches, switches, fc.boolean(), (globalValue, workspaceValue, on) => {
        const { target, value } = switchLanguage(
          { ...(globalValue && { globalValue }), ...(workspaceValue && { workspaceValue }) },
          'go',
          on,
        );
        const before = merged(globalValue, workspaceValue);
        const after = target === 'global' ? merged(value, workspaceValue) : merged(globalValue, value);
        assert.equal(after['go'] !== false, on);
        assert.deepEqual({ ...after, go: true }, { ...before, go: true });
      }),
    );
  });
});
