import assert from 'node:assert/strict';
import type { ChatDesk } from '../../../../src/editor/chat/chatDesk.ts';
import { ChatPage } from '../../../../src/editor/chat/chatPage.ts';
import type { ShownComposer, ShownTurns, ToPage } from '../../../../src/editor/chat/messages.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { notingChatDesk } from './notingChatDesk.ts';
import { answer, conversation, fileItem, folder, longConversation, question, summary } from './recordedChat.ts';
import { began, delta, recordedChatEngine } from './recordedChatEngine.ts';

function opened(more: Partial<ChatDesk> = {}) {
  const engine = recordedChatEngine();
  const [notes, posted]: [string[], ToPage[]] = [[], []];
  const page = new ChatPage({
    engine,
    desk: notingChatDesk(notes, more),
    t: inEnglish,
    post: (message) => posted.push(message),
    now: () => 7,
  });
  const last = <K extends ToPage['kind']>(kind: K) =>
    posted.findLast((message): message is Extract<ToPage, { kind: K }> => message.kind === kind);
  const turns = (): ShownTurns => last('turns') ?? { turns: [], from: 0, total: 0, look: 'end' };
  const composer = (): ShownComposer | undefined => last('composer')?.composer;
  return { engine, notes, posted, page, last, turns, composer };
}

/** Longer than the view waits before it looks at a prompt. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 450));
const settled = () => new Promise((resolve) => setImmediate(resolve));
const texts = ({ turns }: ShownTurns) => turns.map(({ role, text }) => `${role}: ${text}`);

describe('the chat behind its view', () => {
  const asked = question('q1', null, 'Why?');

  it('sends a question and shows it, then the answer as it is written, then as it is', async () => {
    const { engine, page, posted, turns, composer } = opened();
    void page.receive({ do: 'ready', text: '' });
    await settled();
    void page.receive({ do: 'send', text: 'Why?' });
    assert.equal(composer()?.busy, true);
    assert.deepEqual(engine.asked[0], [
      'send',
      {
        folder,
        conversation: null,
        ask: { kind: 'question', text: 'Why?', parent: null, attachments: [] },
        editor: { uri: `${folder}/src/cart.ts`, languageId: 'typescript' },
      },
    ]);
    page.began(began(conversation([]), asked, 'a1'));
    assert.deepEqual(texts(turns()), ['user: Why?', 'assistant: ']);
    assert.equal(turns().turns[1]?.writing, true);
    page.wrote(delta('a1', 'Be'));
    page.wrote(delta('a1', 'cause.'));
    assert.deepEqual(
      posted.flatMap((message) => (message.kind === 'delta' ? [message.text] : [])),
      ['Be', 'cause.'],
    );
    engine.answer(answer('a1', 'q1', 'Because.', { answeredBy: { kind: 'local', name: 'Qwen' } }));
    await settled();
    assert.deepEqual(texts(turns()), ['user: Why?', 'assistant: Because.']);
    assert.equal(turns().turns[1]?.writing, undefined);
    assert.equal(composer()?.busy, false);
  });

  it('goes on in the conversation, below its last answer', async () => {
    const { engine, page } = opened();
    engine.conversationNow = conversation([asked, answer('a1', 'q1', 'Because.')]);
    await page.receive({ do: 'open', id: 'c1' });
    void page.receive({ do: 'send', text: 'And then?' });
    const [, params] = engine.asked.at(-1) ?? [];
    assert.partialDeepStrictEqual(params, { conversation: 'c1', ask: { parent: 'a1', text: 'And then?' } });
  });

  it('gives a view that was hidden everything that was written meanwhile', async () => {
    const { page, turns } = opened();
    void page.receive({ do: 'send', text: 'Why?' });
    page.began(began(conversation([]), asked, 'a1'));
    page.wrote(delta('a1', 'Half of'));
    await page.receive({ do: 'ready', text: '' });
    assert.deepEqual(texts(turns()), ['user: Why?', 'assistant: Half of']);
  });

  it('stops the answer under way, and asks for another one', async () => {
    const { engine, page } = opened();
    engine.conversationNow = conversation([asked, answer('a1', 'q1', 'Because.', { stopped: true })]);
    await page.receive({ do: 'open', id: 'c1' });
    await page.receive({ do: 'stop' });
    assert.deepEqual(engine.asked.at(-1), ['stop', { folder, id: 'c1' }]);
    void page.receive({ do: 'again', turn: 'a1' });
    assert.partialDeepStrictEqual(engine.asked.at(-1)?.[1], {
      conversation: 'c1',
      ask: { kind: 'again', question: 'q1' },
    });
  });

  it('shows an answer again beside the first one, with the way between them', async () => {
    const { engine, page, turns } = opened();
    const first = conversation([asked, answer('a1', 'q1', 'Because.')]);
    engine.conversationNow = first;
    await page.receive({ do: 'open', id: 'c1' });
    void page.receive({ do: 'again', turn: 'a1' });
    page.began(began(first, asked, 'a2'));
    engine.answer(answer('a2', 'q1', 'For a reason.'));
    await settled();
    assert.deepEqual(texts(turns()), ['user: Why?', 'assistant: For a reason.']);
    assert.deepEqual(turns().turns[1]?.branch, { at: 2, of: 2, previous: 'a1' });
    engine.conversationNow = { ...first, turns: [...first.turns, answer('a2', 'q1', 'For a reason.')], head: 'a1' };
    await page.receive({ do: 'choose', turn: 'a1' });
    assert.deepEqual(texts(turns()), ['user: Why?', 'assistant: Because.']);
    assert.deepEqual(turns().turns[1]?.branch, { at: 1, of: 2, next: 'a2' });
  });

  it('asks an earlier question differently: as another branch, with what had been attached', async () => {
    const { engine, page, last, composer } = opened();
    const first = question('q1', null, 'Why @codebase?', { command: 'explain', context: [fileItem] });
    engine.conversationNow = conversation([first, answer('a1', 'q1', 'Because.'), question('q2', 'a1', 'And?')]);
    await page.receive({ do: 'open', id: 'c1' });
    await page.receive({ do: 'edit', turn: 'q1' });
    assert.equal(last('write')?.text, '/explain Why @codebase?');
    assert.equal(composer()?.editing, true);
    assert.deepEqual(composer()?.attachments, [{ key: '@file:src/cart.ts', kind: 'file', label: 'src/cart.ts' }]);
    void page.receive({ do: 'send', text: '/explain Why not?' });
    assert.partialDeepStrictEqual(engine.asked.at(-1)?.[1], {
      ask: { kind: 'question', parent: null, attachments: [{ kind: 'file', path: 'src/cart.ts' }] },
    });
    assert.equal(composer()?.editing, false);
  });

  it('loses nothing when the engine does not answer: what was typed and attached is there again', async () => {
    const { engine, page, last, composer } = opened();
    await page.give({ attachments: [{ kind: 'codebase' }] });
    void page.receive({ do: 'send', text: 'Why?' });
    engine.crash();
    await settled();
    assert.equal(last('write')?.text, 'Why?');
    assert.deepEqual(
      composer()?.attachments.map(({ label }) => label),
      ['Codebase'],
    );
    assert.match(composer()?.notice ?? '', /engine closed/);
    assert.equal(composer()?.busy, false);
  });

  it('keeps what was written when the engine dies while it answers', async () => {
    const { engine, page, turns, composer } = opened();
    void page.receive({ do: 'send', text: 'Why?' });
    page.began(began(conversation([]), asked, 'a1'));
    page.wrote(delta('a1', 'Beca'));
    engine.crash();
    await settled();
    assert.deepEqual(texts(turns()), ['user: Why?', 'assistant: Beca']);
    assert.equal(turns().turns[1]?.stopped, true);
    assert.equal(composer()?.busy, false);
  });

  it('shows nothing of an answer in a conversation that was left, and all of it on the way back', async () => {
    const { engine, page, posted, turns } = opened();
    void page.receive({ do: 'send', text: 'Why?' });
    page.began(began(conversation([]), asked, 'a1'));
    await page.receive({ do: 'newChat' });
    const before = posted.length;
    page.wrote(delta('a1', 'Because'));
    assert.deepEqual(posted.slice(before), []);
    assert.equal(turns().total, 0);
    engine.conversationNow = conversation([asked]);
    await page.receive({ do: 'open', id: 'c1' });
    assert.deepEqual(texts(turns()), ['user: Why?', 'assistant: Because']);
    assert.equal(turns().turns[1]?.writing, true);
  });

  it('ignores what the engine answers elsewhere: to another view, or to an editor', async () => {
    const { engine, page, posted } = opened();
    engine.conversationNow = conversation([asked, answer('a1', 'q1', 'Because.')]);
    await page.receive({ do: 'open', id: 'c1' });
    const before = posted.length;
    page.began(began(conversation([], { id: 'other' }), question('x', null, 'Else?'), 'y'));
    page.wrote(delta('y', 'Other', { conversation: 'other' }));
    page.wrote(delta('y', 'Stray'));
    assert.deepEqual(posted.slice(before), []);
  });

  it('begins anew at /clear, and sends nothing', async () => {
    const { engine, page, turns } = opened();
    engine.conversationNow = conversation([asked]);
    await page.receive({ do: 'open', id: 'c1' });
    await page.receive({ do: 'send', text: ' /clear ' });
    assert.equal(turns().total, 0);
    assert.ok(!engine.asked.some(([what]) => what === 'send'));
  });

  it('means the selection that was attached, wherever the cursor is when the question is sent', async () => {
    const { engine, page, composer } = opened();
    const editor = { uri: `${folder}/src/menu.ts`, selection: { startLine: 3, endLine: 9, text: 'menu' } };
    await page.give({ attachments: [{ kind: 'selection' }], editor });
    assert.deepEqual(
      composer()?.attachments.map(({ label }) => label),
      ['menu.ts:3-9'],
    );
    void page.receive({ do: 'send', text: 'Why?' });
    assert.partialDeepStrictEqual(engine.asked.at(-1)?.[1], { editor });
  });

  it('hands over what the terminal printed only when it is asked about', async () => {
    const { engine, page } = opened();
    void page.receive({ do: 'send', text: 'What does @terminal say?' });
    assert.partialDeepStrictEqual(engine.asked.at(-1)?.[1], { editor: { terminal: '$ npm test\nfailed' } });
    const other = opened();
    void other.page.receive({ do: 'send', text: 'Why?' });
    assert.ok(!JSON.stringify(other.engine.asked).includes('npm test'));
  });

  it('gathers nothing anew while somebody types in the editor, unless the question is about what stands there', async () => {
    const { engine, page } = opened();
    await page.receive({ do: 'draft', text: 'Why?' });
    await rest();
    const before = engine.previewed.length;
    page.editorChanged();
    await rest();
    assert.equal(engine.previewed.length, before);
    await page.receive({ do: 'draft', text: 'Why @selection?' });
    await rest();
    page.editorChanged();
    await rest();
    assert.equal(engine.previewed.length, before + 2);
  });

  it('forgets what a command meant once its text is gone', async () => {
    const { engine, page } = opened();
    await page.give({ text: '/explain ', editor: { uri: `${folder}/src/menu.ts` } });
    await page.receive({ do: 'draft', text: '/explain ' });
    await page.receive({ do: 'draft', text: '' });
    void page.receive({ do: 'send', text: 'Why?' });
    assert.partialDeepStrictEqual(engine.asked.at(-1)?.[1], { editor: { uri: `${folder}/src/cart.ts` } });
  });

  it('opens the place of a citation that the engine made, and of no other', async () => {
    const { engine, page, notes } = opened();
    const citations = [{ start: 4, end: 18, uri: `${folder}/src/cart.ts`, startLine: 3, endLine: 5 }];
    engine.conversationNow = conversation([asked, answer('a1', 'q1', 'See src/cart.ts:3.', { citations })]);
    await page.receive({ do: 'open', id: 'c1' });
    await page.receive({ do: 'openCitation', turn: 'a1', at: 0 });
    await page.receive({ do: 'openCitation', turn: 'a1', at: 1 });
    await page.receive({ do: 'openCitation', turn: 'q9', at: 0 });
    assert.deepEqual(
      notes.filter((note) => note.startsWith('open')),
      [`open ${folder}/src/cart.ts 3-5`],
    );
  });

  it('shows what goes into a prompt, and what went into one', async () => {
    const { engine, page, last } = opened();
    engine.conversationNow = conversation([
      question('q1', null, 'Why?', { context: [fileItem], instruction: 'Explain.' }),
      answer('a1', 'q1', 'Because.', {
        answeredBy: { kind: 'local', name: 'Qwen', promptTokens: 400, contextSize: 4096 },
      }),
    ]);
    await page.receive({ do: 'open', id: 'c1' });
    await page.receive({ do: 'inspect', of: 'a1' });
    assert.deepEqual(last('inspection')?.inspection, {
      items: [fileItem],
      instruction: 'Explain.',
      promptTokens: 400,
      budgetTokens: 4096,
    });
    await page.receive({ do: 'draft', text: 'And this?' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.partialDeepStrictEqual(engine.previewed.at(-1), { ask: { text: 'And this?', parent: 'a1' } });
    await page.receive({ do: 'inspect', of: null });
    assert.equal(last('inspection')?.inspection.promptTokens, 320);
    assert.equal(last('prompt')?.prompt?.items[0]?.label, 'src/cart.ts');
    assert.ok(!JSON.stringify(last('prompt')).includes('return 0'), 'no text of a file where none is shown');
  });

  it('never has more in the page than fits, of ten thousand turns, and walks through all of them', async () => {
    const { engine, page, turns } = opened();
    engine.conversationNow = longConversation(10_000);
    await page.receive({ do: 'open', id: 'c1' });
    assert.equal(turns().turns.at(-1)?.text, 'Answer 9999');
    const seen = new Set<string>();
    for (let looks = 0; looks < 1000 && turns().from > 0; looks++) {
      for (const { id } of turns().turns) seen.add(id);
      assert.ok(turns().turns.length <= 60);
      await page.receive({ do: 'look', where: 'earlier' });
    }
    for (const { id } of turns().turns) seen.add(id);
    assert.equal(seen.size, 10_000);
    assert.equal(turns().look, 'same');
    await page.receive({ do: 'look', where: 'newest' });
    assert.equal(turns().turns.at(-1)?.id, 't9999');
  });

  it('lists, searches, renames, exports and deletes, and shows a new chat when the one in front is deleted', async () => {
    const { engine, page, last, notes, turns } = opened();
    const one = conversation([asked]);
    engine.conversationNow = one;
    engine.pageNow = { conversations: [summary(one)], next: { changedMs: 1, id: 'c1' } };
    await page.receive({ do: 'open', id: 'c1' });
    await page.receive({ do: 'history' });
    assert.partialDeepStrictEqual(last('history')?.history, { state: 'shown', hasMore: true, current: 'c1' });
    await page.receive({ do: 'find', query: ' loop ' });
    assert.deepEqual(engine.asked.at(-1), ['list', { folder, limit: 40, query: 'loop' }]);
    await page.receive({ do: 'showMore' });
    assert.deepEqual(engine.asked.at(-1), [
      'list',
      { folder, limit: 40, query: 'loop', before: { changedMs: 1, id: 'c1' } },
    ]);
    await page.receive({ do: 'rename', id: 'c1' });
    assert.equal(turns().conversation?.title, 'Loops, renamed');
    await page.receive({ do: 'export', id: 'c1' });
    assert.ok(notes.includes('export Loops: # Loops\n'));
    await page.receive({ do: 'delete', id: 'c1' });
    assert.ok(notes.includes('confirm Loops'));
    assert.equal(turns().conversation, undefined);
    await page.receive({ do: 'deleteAll' });
    assert.deepEqual(engine.asked.at(-2), ['deleteAll', { folder }]);
  });

  it('deletes nothing without a yes', async () => {
    const { engine, page } = opened({ confirmDeletion: async () => false });
    await page.receive({ do: 'history' });
    await page.receive({ do: 'delete', id: 'c1' });
    await page.receive({ do: 'deleteAll' });
    assert.ok(!engine.asked.some(([what]) => what.startsWith('delete')));
  });

  it('comes back to the conversation that was in front before a reload, if it is there', async () => {
    const kept = { kept: () => ({ folder, id: 'c1' }) };
    const { engine, page, turns } = opened(kept);
    engine.conversationNow = conversation([asked]);
    await page.receive({ do: 'ready', text: 'Half a thou' });
    assert.deepEqual(texts(turns()), ['user: Why?']);
    const gone = opened(kept);
    gone.engine.open = () => Promise.reject(new Error('gone'));
    await gone.page.receive({ do: 'ready', text: '' });
    assert.equal(gone.turns().total, 0);
    assert.deepEqual(gone.notes, []);
  });

  it('suggests commands in the words of the user, and names of the workspace', async () => {
    const { page, last } = opened();
    await page.receive({ do: 'suggest', id: 1, kind: 'command', query: 'ex' });
    assert.deepEqual(last('suggestions')?.list, [
      { label: '/explain', detail: 'Explain the selected code', insert: '/explain' },
    ]);
    await page.receive({ do: 'suggest', id: 2, kind: 'mention', query: 'file:caf' });
    assert.deepEqual(last('suggestions')?.list, [
      { label: 'café menu.ts', detail: 'src', insert: '@file:"src/café menu.ts"' },
    ]);
  });
});
