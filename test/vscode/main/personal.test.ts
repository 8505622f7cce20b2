import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { PersonalStatus } from '../../../src/protocol/personalMessages.ts';
import { beginning, ending, habit, teachHabit } from '../../engine/habit.ts';
import { writeCutModel } from '../cutModel.ts';
import { answerDialog, closeEditors, ghostTextAfter, hearth, note, openFile, quietMs, until } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { clickInPage, picturesOfPage, showPage, textsInPage } from '../personalPage.ts';
import { modelHostsOf, trainersOf } from '../processes.ts';
import {
  ghostText,
  ghostTextCount,
  notifications,
  press,
  quickPickRows,
  screenshot,
  statusBarItem,
  type,
} from '../screen.ts';

const dataFolder = process.env['HEARTH_HOME'] ?? '';
const settings = () => vscode.workspace.getConfiguration('hearth');
const status = async () => (await hearth()).personalStatus();
const statusIs = (what: string, fits: (status: PersonalStatus) => boolean, timeoutMs = 60_000) =>
  until(
    what,
    async () => {
      const now = await status();
      return now && fits(now) && now;
    },
    timeoutMs,
  );

async function ghostTextNow(): Promise<string> {
  return (await ghostTextCount()) === 0 ? '' : ghostText();
}

/** What is written at one and the same place, with nothing else open; '' where nothing is. With `expected`, waits for it. */
/** An adapter may be turned down by its proof: then it knows what is called, and not how that is spaced. */
const habitual = /\.note\(/;

async function written(expected?: RegExp): Promise<string> {
  // Another file that reads the same would be context.
  await closeEditors();
  const text = beginning('save', 'order');
  const editor = await openFile('src/order.js', `${text.slice(0, -1)}█${ending}`);
  await type(text.slice(-1));
  let ghost = '';
  if (expected) {
    await until(`ghost text like ${expected}`, async () => {
      ghost = await ghostTextNow();
      return expected.test(ghost);
    });
  } else {
    await delay(quietMs);
    ghost = await ghostTextNow();
  }
  assert(editor.document.getText().includes(text), 'nothing else was typed');
  await press('Escape');
  return ghost;
}

const glances = () => textsInPage('#examples .glance');

/** Files below the data folder that hold any of the texts. */
function filesWith(texts: readonly string[]): string[] {
  return readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(dataFolder, name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
    const bytes = readFileSync(path);
    return texts.some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')));
  });
}

async function told(pattern: RegExp, timeoutMs?: number): Promise<string> {
  const text = await until(
    `a notification like ${pattern}`,
    async () => {
      await vscode.commands.executeCommand('notifications.showList');
      return (await notifications()).find((each) => pattern.test(each));
    },
    timeoutMs,
  );
  await vscode.commands.executeCommand('notifications.clearAll');
  return text;
}

describe('the personal style', () => {
  let scratch = '';
  before(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'hearth-model-'));
    await (await hearth()).whenReady();
    const asked = answerDialog('Delete');
    await vscode.commands.executeCommand('hearth.deleteEvents');
    await asked;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await closeEditors();
  });
  after(async () => {
    const api = await hearth();
    await settings().update('model', undefined, vscode.ConfigurationTarget.Global);
    await until('the starter is back', () => api.status().state === 'ready' && api.status().model?.id === 'starter');
    // The other one stays a moment for others.
    await until('its host is alone', () => modelHostsOf(api.enginePid() ?? Number.NaN).length === 1);
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is learned from what was accepted with Tab: each is on the page, and can be excluded and deleted', async () => {
    const accepted: string[] = [];
    for (const { path, text, typed } of [idioms.typescript, idioms.python]) {
      accepted.push(await ghostTextAfter(path, text, typed));
      await press('Tab');
      const all = text.replace('█', typed + accepted.at(-1));
      await until('it is inserted', () => vscode.window.activeTextEditor?.document.getText() === all);
    }
    await showPage();
    const isFirst = (text: string) => until('it is the first', async () => (await glances())[0]?.endsWith(text.trim()));
    await isFirst(accepted[1] ?? '');
    assert.equal((await glances()).length, 2);
    assert(accepted[0] && (await glances())[1]?.endsWith(accepted[0].trim()), JSON.stringify(await glances()));

    await clickInPage('#examples li:first-child summary');
    await clickInPage('#examples li:first-child button', 'Exclude');
    await until('it is excluded', async () => (await textsInPage('#examples .badge')).includes('Excluded'));
    await screenshot('personal-excluded');
    await statusIs('one is left', ({ examples }) => examples.usable === 1);
    await clickInPage('#examples li:first-child button', 'Learn From It Again');
    await statusIs('both count', ({ examples }) => examples.usable === 2);
    await clickInPage('#examples li:first-child button', 'Delete');
    await until('it is gone', async () => (await glances()).length === 1);
    await isFirst(accepted[0]);
    assert.deepEqual(
      filesWith([accepted[1]?.trim() ?? '']).filter((name) => name.includes('events')),
      [],
    );
  });

  it('is learned when told so, whoever is killed meanwhile; completions change, back, and again', async function () {
    this.timeout(400_000);
    const api = await hearth();
    const model = join(scratch, 'cut.gguf');
    const extension = vscode.extensions.getExtension('hearth.hearth');
    await writeCutModel(join(extension?.extensionPath ?? '', 'models/starter.gguf'), model, { layers: [0, 5] });
    await settings().update('model', model, vscode.ConfigurationTarget.Global);
    await until('the model is in use', () => api.status().state === 'ready' && api.status().model?.id === model);
    const taught = await teachHabit(dataFolder, scratch);
    const before = await written();
    assert.doesNotMatch(before, habitual);

    const startMs = performance.now();
    await showPage();
    const asked = answerDialog('Start', 'showInformationMessage');
    await press('F1');
    await type('retrain personal');
    await until('the command is found', async () => (await quickPickRows())[0]?.includes('Retrain Personal Style'));
    await press('Enter');
    const question = await asked;
    note(`asked before a training: ${question.replaceAll(/\s+/g, ' ')}`);
    assert.match(
      question,
      /Learn your style from \d+ examples\?.*Time: about \d+ (s|min).*Memory: .* are free.*Runs on: /s,
    );
    assert(Number(/\d+/.exec(question)?.[0]) > taught / 2);

    await statusIs('it trains', ({ state, progress }) => state === 'training' && (progress?.step ?? 0) > 0);
    const percent = await until(
      'the status bar tells how far',
      async () => /[1-9]\d* %/.exec((await statusBarItem()).text)?.[0],
    );
    assert.match((await statusBarItem()).label, /Learning your style/);
    await until('the page draws the loss', async () => (await textsInPage('#training .plot')).length === 1);
    await clickInPage('#training button', 'Pause');
    const paused = await statusIs('it is paused', ({ state }) => state === 'paused');
    await until('the page says so', async () =>
      (await textsInPage('#training .state')).some((text) => /paused/.test(text)),
    );
    await picturesOfPage('personal-paused', '#training');
    const held = await status();
    assert((held?.progress?.step ?? 0) - (paused.progress?.step ?? 0) <= 1, 'it rests');
    await vscode.commands.executeCommand('hearth.resumeTraining');
    await statusIs(
      'it goes on',
      ({ state, progress }) => state === 'training' && (progress?.step ?? 0) > (held?.progress?.step ?? 0),
    );
    await screenshot('personal-training');
    note(`training paused at ${percent}`);

    const engine = api.enginePid() ?? Number.NaN;
    const [trainer = Number.NaN] = trainersOf(engine);
    process.kill(trainer, 'SIGKILL');
    await until('another trainer is at it', () => trainersOf(engine).some((pid) => pid !== trainer));
    for (const pid of modelHostsOf(engine)) process.kill(pid, 'SIGKILL');
    process.kill(engine, 'SIGKILL');
    await until('another engine runs', () => api.enginePid() !== undefined && api.enginePid() !== engine);
    await statusIs('the training goes on by itself', ({ progress }) => (progress?.step ?? 0) > 0);

    const end = await told(/Hearth learned your style/, 300_000);
    note(`a training, killed three times: ${((performance.now() - startMs) / 1000).toFixed(0)} s; ${end}`);
    assert.match(
      end,
      /the new adapter is in use\. On your newest code: .*similar to yours: \d+ % \(was \d+ %\), loss \d+ % lower/,
    );
    await until('the page says so', async () => (await textsInPage('#training .outcome'))[0]?.includes(end));
    await clickInPage('#adapters summary');
    await picturesOfPage('personal-trained', '#adapters');
    assert.deepEqual(readdirSync(join(dataFolder, 'personal/runs')), []);

    const after = await written(habitual);
    note(`at one place: ${JSON.stringify(before)} before, ${JSON.stringify(after)} after`);
    await vscode.commands.executeCommand('hearth.compareStyle');
    const tab = await until('the comparison opens', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff && input;
    });
    const [without, with_] = [tab.original, tab.modified].map(
      (uri) => vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString())?.getText() ?? '',
    );
    assert.doesNotMatch(without ?? '', habitual);
    assert.match(with_ ?? '', habitual);
    await screenshot('personal-compared');

    await vscode.commands.executeCommand('hearth.rollBackStyle');
    assert.doesNotMatch(await written(), habitual);
    await showPage();
    await clickInPage('#adapters td button', 'Use');
    await until('it is in use', async () => (await textsInPage('#adapters .in-use')).length === 1);
    await written(habitual);
  });

  it('is forgotten without a trace', async () => {
    const traces = [habit('save', 'order'), habit('split', 'ticket'), 'store.approve('];
    assert.notDeepEqual(filesWith(traces), []);
    await showPage();
    const asked = answerDialog('Delete Everything');
    await clickInPage('#forget button');
    assert.match(await asked, /Every example, every adapter .* Nothing brings them back/s);
    await told(/has forgotten everything you taught it/);
    assert.deepEqual(filesWith(traces), []);
    assert(!existsSync(join(dataFolder, 'personal/adapters')), 'there are no adapters');
    await until(
      'the page is empty',
      async () => (await textsInPage('#examples .empty, #adapters .empty')).length === 2,
    );
    await picturesOfPage('personal-forgotten', '#training');
    assert.doesNotMatch(await written(), habitual);
  });
});
