import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { ask, inChat, showChat, textsInChat } from '../chatView.ts';
import { hearth, until } from '../hearth.ts';
import { screenshot } from '../screen.ts';

describe('the chat view', () => {
  it('speaks Korean, and what it answers without a model as well', async () => {
    await (await hearth()).whenReady();
    await until('the index is ready', async () => (await hearth()).indexStatus().state === 'ready', 40_000);
    await showChat();
    await vscode.commands.executeCommand('hearth.chat.new');
    assert.match((await textsInChat('.welcome')).join(), /코드에 대해 물어보세요/);
    assert.equal(await inChat(async (frame) => frame.getByRole('textbox', { name: '질문' }).count(), undefined), 1);
    await ask('countWords는 어디에 있나요?');
    await until('it answered', async () => (await textsInChat('.answer')).join().includes('countWords'));
    assert.match((await textsInChat('.search-note')).join(), /생성한 답이 아니라 검색 결과입니다/);
    const english = (await textsInChat('.chat')).join('\n').match(/\b(?:tokens|Search result|Pick Model|Stopped)\b/g);
    assert.equal(english, null);
    await screenshot('chat-korean');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });
});
