import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import * as vscode from 'vscode';
import { writeChatModel } from '../../chatModelFile.ts';
import { ScriptedModel } from '../../scriptedModel.ts';
import { ask, inChat, picturesOfChat, pressInChat, showChat, textsInChat } from '../chatView.ts';
import { answerDialog, closeEditors, hearth, note, openFile, until, workspaceFile } from '../hearth.ts';
import { onScreen, press, proxiedRequests, quickPickRows, screenshot, type } from '../screen.ts';

const settings = () => vscode.workspace.getConfiguration('hearth');
const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);
const lastAnswer = async () => (await textsInChat('.turn.assistant .answer')).at(-1) ?? '';
const foot = async () => (await textsInChat('.turn.assistant .answer-foot')).at(-1) ?? '';
const isDone = () => inChat(async (frame) => (await frame.locator('.turn.writing').count()) === 0, undefined);
/** The name of what has the keyboard in the view, as it is read. */
const focused = () =>
  inChat(
    async (frame) =>
      String(
        await frame.evaluate(`(() => {
          const each = document.activeElement;
          return (each.getAttribute('aria-label') ?? each.textContent).trim().replace(/\\s+/g, ' ');
        })()`),
      ),
    undefined,
  );

/** Begins a new conversation, and waits until the keyboard is there, and it is known who would answer in it. */
async function newChat(): Promise<void> {
  await run('hearth.chat.new');
  await until('the keyboard is in the question', async () => (await focused()) === 'Question');
  // It may have been there before, and be brought there again a moment later.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}

async function useModel(path: string | undefined): Promise<void> {
  await settings().update('model', path, vscode.ConfigurationTarget.Global);
  const api = await hearth();
  await until(
    'the model is loaded',
    () => api.status().state === 'ready' && api.status().model?.id === (path ?? 'starter'),
  );
}

describe('the chat view', function () {
  this.timeout(120_000);
  before(async () => {
    await (await hearth()).whenReady();
    await until('the index is ready', async () => (await hearth()).indexStatus().state === 'ready', 40_000);
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await screenshot(`chat-failed-${this.currentTest.title}`);
    await run('notifications.clearAll');
    await run('workbench.action.closeQuickOpen');
    await closeEditors();
  });
  after(() => run('workbench.view.explorer'));

  describe('without a model that can chat', () => {
    it('answers by search, says so, and offers a model', async () => {
      await run('hearth.chat.new');
      await ask('Where are the words of a text counted? @codebase');
      await until('there is an answer', async () => (await lastAnswer()).includes('countWords') && (await isDone()));
      assert.match((await textsInChat('.search-note'))[0] ?? '', /Search result, not generated/);
      assert.match((await textsInChat('.offer'))[0] ?? '', /Use the Recommended Model/);
      await picturesOfChat('chat-search');
      await pressInChat('src/text.ts:', '.turn.assistant');
      const editor = await until('the passage is open', () => vscode.window.activeTextEditor);
      assert.equal(vscode.workspace.asRelativePath(editor.document.uri), 'src/text.ts');
      assert.match(editor.document.getText(editor.selection), /countWords/);
    });

    it('leads to the models with one press', async () => {
      const consent = answerDialog(undefined, 'showInformationMessage');
      await showChat();
      await pressInChat('Use the Recommended Model', '.offer');
      const shown = await Promise.race([
        consent,
        until('the picker is there', async () => (await quickPickRows()).length > 0, 30_000).then(() => 'picker'),
      ]);
      note(`one press leads to: ${shown.replace(/\s+/g, ' ').slice(0, 120)}`);
      assert.match(shown, /Download|picker/);
    });
  });

  describe('with a model on this machine', () => {
    const file = join(process.env['HEARTH_HOME'] ?? '', 'chat-view-model.gguf');
    before(async () => {
      const extension = vscode.extensions.getExtension('hearth.hearth');
      await writeChatModel(join(extension?.extensionPath ?? '', 'models/starter.gguf'), file);
      await useModel(file);
    });
    after(async () => {
      await useModel(undefined);
      rmSync(file);
    });

    it('says which one answered, where, and how quickly', async () => {
      await run('hearth.chat.new');
      await ask('function add(a, b) {');
      await until('it answered', async () => /on this machine/.test(await foot()) && (await isDone()));
      note(`chat view, local: ${(await foot()).replace(/\s+/g, ' ')}`);
      await until('the meter knows the context', async () =>
        / of [\d,]+ tokens/.test((await textsInChat('.meter'))[0] ?? ''),
      );
    });
  });

  // The model is a double: see ScriptedModel. View, editor, engine and the way between them are real.
  describe('with a model that says what the test needs', () => {
    let model: ScriptedModel;
    before(async () => {
      model = await ScriptedModel.start();
      await settings().update('server', model.url, vscode.ConfigurationTarget.Global);
      await showChat();
      await until('the server is known', async () => {
        await newChat();
        return /on a server/.test((await textsInChat('.meter'))[0] ?? '');
      });
    });
    after(async () => {
      await settings().update('server', undefined, vscode.ConfigurationTarget.Global);
      await model[Symbol.asyncDispose]();
    });
    beforeEach(newChat);

    it('streams, and opens what it cites at the range', async () => {
      model.script(
        'It is in src/text.ts:8-16, and **not** in src/none.ts:3.\n\n```ts src/text.ts\nconst a = 1;\n```\n',
      );
      await ask('Where? @file:src/text.ts');
      await until('it answered', async () => (await lastAnswer()).includes('const a = 1;') && (await isDone()));
      assert.deepEqual(await textsInChat('.citation'), ['src/text.ts:8-16']);
      await pressInChat('src/text.ts:8-16', '.turn.assistant');
      await until('the place is open', () => {
        const { selection, document } = vscode.window.activeTextEditor ?? {};
        return document?.uri.path.endsWith('/src/text.ts') && selection?.start.line === 7 && selection.end.line === 15;
      });
      const asked = model.asked[0]?.at(-1)?.content ?? '';
      assert.ok(asked.includes('export function countWords'), 'the file was shown to the model');
    });

    it('stops at once, keeps what is there, and answers again beside it', async () => {
      const words = Array.from({ length: 40_000 }, (_, at) => `word${at} `).join('');
      model.script(words, 'Another answer.');
      await ask('Go on and on');
      await until('it writes', async () => (await lastAnswer()).length > 200);
      await press('Escape');
      await until('it stopped', async () => /Stopped/.test(await foot()));
      const kept = await lastAnswer();
      assert.ok(kept.length > 200 && kept.length < words.length, String(kept.length));
      await pressInChat('Answer Again', '.turn.assistant');
      await until('there is another', async () => (await lastAnswer()) === 'Another answer.');
      assert.match((await textsInChat('.branches'))[0] ?? '', /2\/2/);
      await pressInChat('Previous Alternative', '.turn.assistant');
      await until('the first one is back', async () => (await lastAnswer()).startsWith('word0 word1'));
    });

    it('puts code where the cursor is, and into files only after a yes', async () => {
      const editor = await openFile('src/inserted.ts', 'const before = 1;\n█');
      model.script('```ts\nconst inserted = 2;\n```\n');
      await ask('Write it');
      await until('there is code', async () => (await isDone()) && (await textsInChat('.code pre')).length === 1);
      await pressInChat('Insert at Cursor', '.code');
      await until('it is there', () => editor.document.getText() === 'const before = 1;\nconst inserted = 2;');
      await showChat();
      await pressInChat('Copy Code', '.code');
      await until('it is copied', async () => (await vscode.env.clipboard.readText()) === 'const inserted = 2;');
      await pressInChat('Apply to File', '.code');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.equal(editor.document.getText(), 'const before = 1;\nconst inserted = 2;', 'nothing before a yes');
    });

    it('takes what is selected, and files from the explorer', async () => {
      const editor = await openFile('src/chosen.ts', 'const one = 1;\nconst two = 2;\n█');
      editor.selection = new vscode.Selection(0, 0, 1, 0);
      await run('hearth.chat.addSelection');
      const label = `${editor.document.uri.path.split('/').at(-1)}:1`;
      await until('it is attached', async () => (await textsInChat('.chip')).some((text) => text.trim() === label));
      await run('hearth.chat.addFile', workspaceFile('src/text.ts'), [
        workspaceFile('src/text.ts'),
        workspaceFile('scripts'),
      ]);
      await until('they are attached', async () => (await textsInChat('.chip')).length === 3);
      await picturesOfChat('chat-attached');
      model.script('Yes.');
      await ask('Is it right?');
      await until('it answered', async () => (await lastAnswer()) === 'Yes.');
      const asked = model.asked[0]?.at(-1)?.content ?? '';
      assert.ok(asked.includes('const one = 1;') && !asked.includes('const two'), asked);
      assert.ok(asked.includes('export function slugify'));
      await pressInChat('pieces of context', '.turn.user');
      await until('the prompt can be seen', async () => (await textsInChat('.inspection .pieces > li')).length >= 3);
      await picturesOfChat('chat-inspection');
    });

    it('makes nothing of a poisoned answer but text: nothing is fetched, opened or changed', async () => {
      const poison =
        '![x](https://beacon.example/a.png) <img src="https://beacon.example/b.png"> [run](command:workbench.action.files.newUntitledFile)\n\n' +
        '<script>document.title="x"</script> [a][b]\n\n[b]: https://beacon.example/c\n\n```html\n<img src=https://beacon.example/d.png>\n```\n';
      const before = await proxiedRequests();
      const documents = vscode.workspace.textDocuments.length;
      model.script(poison);
      await ask('Hello');
      await until('it answered', async () => (await lastAnswer()).includes('command:') && (await isDone()));
      assert.equal(await inChat(async (frame) => frame.locator('.answer :is(img, a, script)').count(), undefined), 0);
      await inChat(async (frame) => frame.locator('.answer .link').first().click(), undefined);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.deepEqual(
        (await proxiedRequests()).slice(before.length).filter((each) => /beacon/.test(each)),
        [],
      );
      assert.equal(vscode.workspace.textDocuments.length, documents);
    });

    it('is used by keyboard alone: ask, read, go through everything, find an old conversation again', async () => {
      model.script('First answer about **needles**.', 'Second answer.');
      await press('F1');
      await until('commands are listed', async () => (await quickPickRows()).length > 0);
      await type('hearth: new chat');
      await until('the command is found', async () => (await quickPickRows())[0]?.includes('New Chat'));
      await press('Enter');
      await until('the keyboard is in the question', async () => (await focused()) === 'Question');
      await type('Where are the needles?');
      await press('Enter');
      await until('it answered', async () => (await lastAnswer()) === 'First answer about needles.');
      const walked: string[] = [];
      for (let steps = 0; steps < 14; steps++) {
        await press('Shift+Tab');
        walked.push(await focused());
      }
      for (const name of ['Answer Again', 'Copy Answer', 'Edit and Ask Again', 'Conversation'])
        assert.ok(walked.includes(name), `${name} is not among ${walked.join(', ')}`);
      await showChat();
      await run('hearth.chat.new');
      await type('And then?');
      await press('Enter');
      await until('it answered', async () => (await lastAnswer()) === 'Second answer.');
      await run('hearth.chat.history');
      await until('the keyboard is in the search', async () => (await focused()) === 'Search Conversations');
      await type('needles');
      await until('one is found', async () => (await textsInChat('.conversation')).length === 1);
      await picturesOfChat('chat-history');
      await inChat(async (frame) => frame.locator('.history input').focus(), undefined);
      await press('Tab', 'Enter');
      await until('it is open', async () => (await lastAnswer()) === 'First answer about needles.');
    });

    it('is deleted for good after a yes', async () => {
      model.script('Something to forget.');
      await ask('Remember this zebra');
      await until('it answered', async () => (await lastAnswer()) === 'Something to forget.');
      await run('hearth.chat.history');
      await until('it is listed', async () => (await textsInChat('.conversation')).some((text) => /zebra/.test(text)));
      const asked = answerDialog('Delete');
      await pressInChat('Delete… Remember this zebra', '.history');
      assert.match(await asked, /Delete the conversation .*zebra/);
      await until('it is gone', async () => (await textsInChat('.conversation')).every((text) => !/zebra/.test(text)));
      await run('hearth.chat.new');
      assert.deepEqual(await textsInChat('.turn'), []);
    });

    it('has no fault that axe finds, in four themes', async function () {
      this.timeout(240_000);
      model.script(
        'See src/text.ts:8.\n\n- one\n\n```ts\n// note\nexport const total = (a: number) => a + "x";\n```\n',
      );
      await ask('Look @file:src/text.ts');
      await until('it answered', async () => (await isDone()) && (await textsInChat('.token.keyword')).length > 1);
      await picturesOfChat('chat-answer', async (theme) => {
        const found = await inChat(async (frame, source) => {
          await frame.evaluate(source);
          return String(
            await frame.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
              .flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => impact + ' ' + id + ': ' + html.slice(0, 160))).join('\\n'))`),
          );
        }, axe.source);
        assert.equal(found, '', theme);
      });
    });

    it('is as useful in the narrowest side bar', async () => {
      await showChat();
      await onScreen(async (page) => {
        const bar = await page.locator('.part.sidebar').boundingBox();
        if (!bar) throw new Error('there is no side bar');
        await page.mouse.move(bar.x + bar.width + 2, bar.y + 400);
        await page.mouse.down();
        await page.mouse.move(bar.x + 204, bar.y + 400, { steps: 10 });
        await page.mouse.up();
      }, undefined);
      model.script(
        'Narrow, with `code` and\n\n```ts\nexport const aVeryLongNameThatNeedsRoom = "and a text beside it";\n```\n',
      );
      await ask('How does it look?');
      await until('it answered', async () => (await isDone()) && (await textsInChat('.code')).length === 1);
      const [width, scroll] = await inChat(
        async (frame) => [
          Number(await frame.evaluate('innerWidth')),
          Number(await frame.evaluate('document.documentElement.scrollWidth')),
        ],
        undefined,
      );
      note(`narrowest chat view: ${width} px`);
      assert.equal(scroll, width);
      assert((width ?? 0) < 210, String(width));
      await picturesOfChat('chat-narrow');
    });
  });
});
