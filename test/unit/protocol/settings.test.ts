import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { defaultSettings, isEnabledFor, parseSettings } from '../../../src/protocol/settings.ts';

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
const properties: Record<string, Property> = manifest.contributes.configuration.properties;
const restricted: readonly string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;

describe('settings of the manifest', () => {
  it('are the settings of the engine, with the same defaults', () => {
    const declared = Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, each.default]));
    const known = Object.fromEntries(Object.entries(defaultSettings).map(([key, value]) => [`hearth.${key}`, value]));
    assert.deepEqual(declared, known);
  });

  it('are few', () => assert.ok(Object.keys(properties).length <= 15));

  it('say which scope they have', () => {
    for (const [key, each] of Object.entries(properties))
      assert.ok(['application', 'machine', 'machine-overridable', 'window', 'resource'].includes(each.scope), key);
  });

  it('allow no value that the engine would replace', () => {
    for (const [key, each] of Object.entries(properties)) {
      const name = key.slice('hearth.'.length);
      const allowed = [...(each.enum ?? []), each.minimum, each.maximum].filter((value) => value !== undefined);
      for (const value of allowed)
        assert.equal(Reflect.get(parseSettings({ [name]: value }), name), value, `${key} = ${value}`);
    }
  });

  it('let no workspace name a file, a program, an address, or what is recorded', () => {
    // Free text is a path or a name until someone proves otherwise; the numbers and switches are those that cost.
    const sensitive = Object.keys(properties).filter(
      (key) =>
        (properties[key]?.type === 'string' && !properties[key]?.enum) ||
        /path|folder|file|url|host|server|address|command|executable|model|gpu|thread|record|token|key$/i.test(key),
    );
    assert.ok(sensitive.includes('hearth.model') && sensitive.includes('hearth.recordEvents'));
    for (const key of sensitive) {
      assert.ok(['machine', 'application'].includes(properties[key]?.scope ?? ''), `${key}: ${properties[key]?.scope}`);
      assert.ok(restricted.includes(key), `${key} is not in restrictedConfigurations`);
    }
  });

  it('restrict only what exists, and everything a workspace may not set', () => {
    const closed = Object.keys(properties).filter(
      (key) => !['window', 'resource'].includes(properties[key]?.scope ?? ''),
    );
    assert.deepEqual([...restricted].toSorted(), closed.toSorted());
  });
});

describe('parseSettings', () => {
  it('keeps what fits and replaces what does not, one by one', () => {
    const settings = parseSettings({
      enable: false,
      threads: -1,
      languages: { go: 'no' },
      multiline: 'never',
      model: 7,
    });
    assert.deepEqual(settings, { ...defaultSettings, enable: false, multiline: 'never' });
  });

  it('makes valid settings of anything', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...Object.keys(defaultSettings)), fc.anything())),
        (value) => {
          const settings = parseSettings(value);
          assert.deepEqual(parseSettings(settings), settings);
          assert.deepEqual(Object.keys(settings), Object.keys(defaultSettings));
          for (const [key, each] of Object.entries(settings))
            assert.equal(typeof each, typeof Reflect.get(defaultSettings, key), key);
        },
      ),
    );
  });

  it('takes a language that is not listed as on, and the whole switch first', () => {
    const settings = parseSettings({ languages: { markdown: false } });
    assert.equal(isEnabledFor(settings, 'markdown'), false);
    assert.equal(isEnabledFor(settings, 'rust'), true);
    assert.equal(isEnabledFor({ ...settings, enable: false }, 'rust'), false);
  });
});
