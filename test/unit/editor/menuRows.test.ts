import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MenuFacts, menuRows } from '../../../src/editor/menuRows.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';
import { defaultSettings } from '../../../src/protocol/settings.ts';

const facts: MenuFacts = {
  settings: defaultSettings,
  language: { id: 'cpp', name: 'C++' },
  modelName: 'Starter',
  index: 'ready',
  learning: 'idle',
  extensionId: 'hearth.hearth',
};
const rowsOf = (changes: Partial<MenuFacts>) => menuRows({ ...facts, ...changes }, inEnglish);
const entriesOf = (changes: Partial<MenuFacts>) => rowsOf(changes).filter((row) => row.kind === 'entry');
const pickEntry = (changes: Partial<MenuFacts>) =>
  entriesOf(changes).find(({ label }) => label.endsWith('Pick Model…'));
const labels = (changes: Partial<MenuFacts>) => entriesOf(changes).map(({ label }) => label.replace(/^\$\(\S+\) /, ''));
const commands = (changes: Partial<MenuFacts>) =>
  entriesOf(changes)
    .map(({ command: [id] }) => id)
    .filter((id) => /Index$|Folder$|searchCode/.test(id));
const trainingIn = (learning: MenuFacts['learning']) =>
  entriesOf({ learning })
    .map(({ command: [id] }) => id)
    .filter((id) => /raining$|retrain$/.test(id));

describe('menuRows', () => {
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

  it('offers of the index what can be done in its state', () => {
    assert.deepEqual(commands({ index: 'indexing' }), [
      'hearth.searchCode',
      'hearth.pauseIndex',
      'hearth.rebuildIndex',
      'hearth.forgetFolder',
      'hearth.deleteIndex',
    ]);
    assert.equal(commands({ index: 'paused' })[1], 'hearth.resumeIndex');
    // Another window writes: there is nothing to pause here.
    assert.equal(commands({ index: 'reading' })[1], 'hearth.rebuildIndex');
    assert.deepEqual(commands({ index: 'off' }), ['hearth.searchCode', 'hearth.rebuildIndex', 'hearth.deleteIndex']);
  });

  it('lets an index that is switched off be deleted', () => {
    const settings = { ...defaultSettings, index: false };
    assert.deepEqual(commands({ settings, index: 'off' }), ['hearth.searchCode', 'hearth.deleteIndex']);
  });

  it('offers of a training what can be done in its state', () => {
    assert.deepEqual(trainingIn('idle'), ['hearth.retrain']);
    assert.deepEqual(trainingIn('paused'), ['hearth.resumeTraining', 'hearth.cancelTraining']);
    for (const state of ['preparing', 'training', 'waiting'] as const)
      assert.deepEqual(trainingIn(state), ['hearth.pauseTraining', 'hearth.cancelTraining'], state);
    // Between training and use there is nothing to pause.
    assert.deepEqual(trainingIn('proving'), ['hearth.cancelTraining']);
    assert.deepEqual(trainingIn('off'), []);
    assert.deepEqual(trainingIn(undefined), []);
  });

  it('has no group without an entry', () => {
    const kinds = rowsOf({ index: 'off' }).map(({ kind }) => kind);
    assert.ok(!kinds.some((kind, at) => kind === 'group' && kinds[at + 1] !== 'entry'));
  });

  it('runs only commands that exist', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
    const known = new Set(manifest.contributes.commands.map((each: { command: string }) => each.command));
    for (const { command } of entriesOf({}))
      assert.ok(known.has(command[0]) || command[0].startsWith('workbench.'), command[0]);
  });
});
