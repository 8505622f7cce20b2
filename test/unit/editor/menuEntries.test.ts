import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MenuFacts, menuEntries } from '../../../src/editor/menuEntries.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';
import { defaultSettings } from '../../../src/protocol/settings.ts';

const facts: MenuFacts = {
  settings: defaultSettings,
  language: { id: 'cpp', name: 'C++' },
  modelName: 'Starter',
  extensionId: 'hearth.hearth',
};
const entriesOf = (changes: Partial<MenuFacts>) => menuEntries({ ...facts, ...changes }, inEnglish);
const pickEntry = (changes: Partial<MenuFacts>) =>
  entriesOf(changes).find(({ label }) => label.endsWith('Pick Model…'));
const labels = (changes: Partial<MenuFacts>) => entriesOf(changes).map(({ label }) => label.replace(/^\$\(\S+\) /, ''));

describe('menuEntries', () => {
  it('offers to turn off what is on', () => {
    assert.deepEqual(labels({}).slice(0, 2), ['Turn off ghost text', 'Turn off for C++']);
  });

  it('offers to turn on what is off', () => {
    assert.equal(labels({ settings: { ...defaultSettings, languages: { cpp: false } } })[1], 'Turn on for C++');
  });

  it('has no switch for a language where none has the focus, or where all are off', () => {
    assert.equal(labels({ language: undefined })[1], 'Pick Model…');
    const off = labels({ settings: { ...defaultSettings, enable: false } });
    assert.deepEqual(off.slice(0, 2), ['Turn on ghost text', 'Pick Model…']);
  });

  it('names the model in use', () => {
    assert.equal(pickEntry({})?.description, 'Starter');
    assert.equal(pickEntry({ modelName: undefined })?.description, undefined);
  });

  it('runs only commands that exist', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
    const known = new Set(manifest.contributes.commands.map((each: { command: string }) => each.command));
    for (const { command } of entriesOf({}))
      assert.ok(known.has(command[0]) || command[0].startsWith('workbench.'), command[0]);
  });
});
