import type {
  ChatBegan,
  ChatDelta,
  Conversation,
  EditorState,
  Mention,
  SendChat,
} from '../../protocol/chatMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { problemButton } from '../problemActions.ts';
import { isAnswerAction, useAnswer } from './answerActions.ts';
import { Asking } from './asking.ts';
import type { ChatDesk } from './chatDesk.ts';
import type { ChatEngine } from './chatEngine.ts';
import {
  attachmentsOf,
  dependsOnEditor,
  emptyDraft,
  questionOf,
  withAttachment,
  withoutAttachment,
  withoutText,
} from './draftQuestion.ts';
import { editedQuestion } from './editedQuestion.ts';
import { HistoryList, isHistoryAction } from './historyList.ts';
import type { PageAction, ShownTurns, ToPage } from './messages.ts';
import { PromptPreview } from './promptPreview.ts';
import { ShownConversation } from './shownConversation.ts';
import { commandSuggestions, mentionSuggestions } from './suggestions.ts';

export interface ChatPageOptions {
  readonly engine: ChatEngine;
  readonly desk: ChatDesk;
  readonly t: Translate;
  /** `vscode.l10n.bundle`: the page has words of its own. */
  readonly translations?: Readonly<Record<string, string>>;
  /** Reaches the page where there is one: one that is hidden is none. */
  readonly post: (message: ToPage) => void;
  readonly now: () => number;
}

/** A question that comes from a command. */
export interface GivenQuestion {
  readonly text?: string;
  readonly attachments?: readonly Mention[];
  /** What it is about, where that is not what the editor shows when it is sent. */
  readonly editor?: EditorState;
  /** Without another look at it. */
  readonly send?: boolean;
}

/** The chat behind its view: asks the engine, does what is pressed, and tells the page what there is to see. */
export class ChatPage {
  readonly #options: ChatPageOptions;
  readonly #shown: ShownConversation;
  readonly #asking: Asking;
  readonly #history: HistoryList;
  readonly #preview: PromptPreview;
  #folder: string;
  #draft = emptyDraft;
  /** What is typed, as far as the page has said; and what it is told to show there, until it has. */
  #text = '';
  #toWrite: string | undefined;
  #notice: string | undefined;
  #isRestored = false;

  constructor(options: ChatPageOptions) {
    const { engine, desk, post, now, t } = options;
    this.#options = options;
    this.#folder = desk.folder();
    this.#shown = new ShownConversation(now);
    this.#asking = new Asking((question) => engine.send(question), this.#shown, t);
    this.#history = new HistoryList({
      engine,
      desk,
      show: (history) => post({ kind: 'history', ...(history && { history }) }),
      renamed: (id, title) => {
        if (this.#shown.conversation?.id === id) this.#shown.renamed(title);
        this.#showTurns('same');
      },
      deleted: (id) => {
        if (id === undefined || this.#shown.conversation?.id === id) this.#show(undefined);
      },
    });
    this.#preview = new PromptPreview({
      preview: (question, signal) => engine.preview(question, signal),
      question: () => this.#question(this.#text),
      show: (prompt) => post({ kind: 'prompt', ...(prompt && { prompt }) }),
    });
  }

  /** What the conversation in front is about, as a URI; '' for no folder. */
  get folder(): string {
    return this.#folder;
  }

  /** The engine began to answer, here or elsewhere. */
  began(began: ChatBegan): void {
    if (!this.#asking.began(began)) return;
    this.#keep();
    this.#showTurns('end');
    this.#showComposer();
  }

  wrote(delta: ChatDelta): void {
    if (!this.#shown.wrote(delta)) return;
    const { turn, text, citations } = delta;
    this.#options.post({ kind: 'delta', turn, text, ...(citations && { citations }) });
  }

  /** Who answers, or what is asked, may be another now. */
  surroundingsChanged(): void {
    if (!this.#isBusy) this.#preview.changed();
  }

  /** Another document is in front, or something else is selected: nothing is gathered anew for a question without it. */
  editorChanged(): void {
    if (dependsOnEditor(this.#draft, this.#text)) this.surroundingsChanged();
  }

  async receive(action: PageAction): Promise<void> {
    try {
      await this.#do(action);
    } catch (cause) {
      this.#options.desk.fail(cause);
    }
  }

  /** Puts a question into the composer, or sends it. */
  async give({ text, attachments = [], editor, send = false }: GivenQuestion): Promise<void> {
    this.#history.close();
    for (const each of attachments)
      this.#draft = withAttachment(this.#draft, each, each.kind === 'selection' ? editor : undefined);
    if (text !== undefined && editor) this.#draft = { ...this.#draft, editor };
    if (text !== undefined && send && !this.#isBusy) return await this.#send(text);
    if (text !== undefined) this.#write(text);
    this.#showComposer();
    this.#options.post({ kind: 'focus' });
    this.surroundingsChanged();
  }

  newChat(): void {
    this.#history.close();
    this.#folder = this.#options.desk.folder();
    this.#show(undefined);
    this.#options.post({ kind: 'focus' });
  }

  async stop(): Promise<void> {
    const { conversation } = this.#shown;
    if (conversation) await this.#options.engine.stop({ folder: conversation.folder, id: conversation.id });
  }

  /** Writes the conversation in front into a file of the user's choice. */
  async export(): Promise<void> {
    const { conversation } = this.#shown;
    if (conversation) await this.#history.export(conversation.folder, conversation.id, conversation.title);
  }

  async showHistory(): Promise<void> {
    await this.#history.open(this.#folder, this.#shown.conversation?.id);
  }

  dispose(): void {
    this.#preview.cancel();
  }

  async #do(action: PageAction): Promise<void> {
    const { desk, t, engine } = this.#options;
    if (isHistoryAction(action)) return await this.#history.receive(action);
    if (isAnswerAction(action))
      return await useAnswer(action, { desk, folder: this.#folder, shown: this.#shown, next: this.#preview.items });
    switch (action.do) {
      case 'ready':
        return await this.#begin(action.text);
      case 'send':
        return await this.#send(action.text);
      case 'stop':
        return await this.stop();
      case 'draft':
        this.#text = action.text;
        this.#toWrite = undefined;
        if (action.text.trim() === '') this.#draft = withoutText(this.#draft);
        return this.surroundingsChanged();
      case 'again': {
        const question = this.#shown.questionOf(action.turn);
        if (question) await this.#ask({ ...this.#question(''), ask: { kind: 'again', question: question.id } });
        return;
      }
      case 'edit': {
        const question = this.#shown.questionOf(action.turn);
        if (!question) return;
        const { text, attachments } = editedQuestion(question);
        this.#draft = { attachments, editing: { parent: question.parent } };
        this.#write(text);
        this.#options.post({ kind: 'focus' });
        return this.#showComposer();
      }
      case 'dropEdit':
        this.#draft = emptyDraft;
        this.#write('');
        return this.#showComposer();
      case 'choose': {
        const { conversation } = this.#shown;
        if (!conversation) return;
        const { folder, id } = conversation;
        this.#shown.show(await engine.choose({ folder, id, turn: action.turn }));
        return this.#showTurns('same');
      }
      case 'look':
        this.#shown.look(action.where);
        return this.#showTurns(action.where === 'newest' ? 'end' : 'same');
      case 'inspect': {
        const inspection = action.of === null ? this.#preview.inspection : this.#shown.inspection(action.of);
        if (inspection) this.#options.post({ kind: 'inspection', of: action.of, inspection });
        return;
      }
      case 'attach': {
        const mention = await desk.pickAttachment(this.#folder);
        return await this.give({ ...(mention && { attachments: [mention], editor: desk.editor() }) });
      }
      case 'detach':
        this.#draft = withoutAttachment(this.#draft, action.key);
        this.#showComposer();
        return this.surroundingsChanged();
      case 'drop': {
        const { mentions, outside } = await desk.mentionsOf(action.uris, this.#folder);
        this.#notice =
          outside > 0 ? t('{0} of what was dropped lie outside of the folder and were left out.', outside) : undefined;
        return await this.give({ attachments: mentions });
      }
      case 'suggest':
        return await this.#suggest(action);
      case 'solve':
        return await desk.run(problemButton(action.action, t).command);
      case 'useRecommended':
        await desk.run('hearth.useRecommendedChatModel');
        return this.surroundingsChanged();
      case 'newChat':
        return this.newChat();
      case 'history':
        return await this.showHistory();
      case 'open': {
        const conversation = await engine.open({ folder: this.#folder, id: action.id });
        this.#history.close();
        return this.#show(conversation);
      }
    }
  }

  async #begin(text: string): Promise<void> {
    const { post, translations, desk, engine } = this.#options;
    post({ kind: 'begin', ...(translations && { translations }) });
    const kept = this.#isRestored ? undefined : desk.kept();
    this.#isRestored = true;
    if (this.#toWrite === undefined) this.#text = text;
    else this.#write(this.#toWrite);
    this.#history.tell();
    this.#showComposer();
    if (kept && !this.#shown.conversation) {
      // It may be gone by now, and the engine as well: then a new one begins.
      const conversation = await engine.open(kept).catch(() => undefined);
      if (conversation && !this.#shown.conversation && !this.#isBusy) {
        this.#folder = conversation.folder;
        this.#shown.show(conversation);
      }
    }
    this.#showTurns('end');
    this.surroundingsChanged();
  }

  async #send(text: string): Promise<void> {
    if (text.trim() === '/clear') {
      this.#write('');
      return this.newChat();
    }
    if (text.trim() === '' || this.#isBusy) return;
    const [question, draft] = [this.#question(text), this.#draft];
    this.#draft = emptyDraft;
    this.#write('');
    if (await this.#ask(question)) return;
    // Nothing that was typed is lost.
    this.#draft = draft;
    this.#write(text);
    this.#showComposer();
  }

  /** Whether the engine has taken the question. */
  async #ask(question: SendChat): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#notice = undefined;
    this.#preview.cancel();
    const answered = this.#asking.ask(question);
    this.#showComposer();
    const { taken, failure } = await answered;
    this.#notice = failure;
    this.#showTurns('same');
    this.#showComposer();
    this.surroundingsChanged();
    return taken;
  }

  #question(text: string): SendChat {
    const { desk } = this.#options;
    const { conversation, head } = this.#shown;
    return questionOf(this.#draft, {
      text,
      folder: this.#folder,
      conversation: conversation?.id ?? null,
      head,
      editor: desk.editor(),
      terminal: () => desk.terminal(),
    });
  }

  async #suggest({ id, kind, query }: Extract<PageAction, { do: 'suggest' }>): Promise<void> {
    const { engine, desk, t, post } = this.#options;
    const list =
      kind === 'mention'
        ? await mentionSuggestions(query, desk.names(this.#folder), t)
        : commandSuggestions(query, (await engine.commands({ folder: this.#folder })).commands, t);
    post({ kind: 'suggestions', id, list });
  }

  get #isBusy(): boolean {
    return this.#asking.isWaiting || this.#shown.isWriting;
  }

  /** Another conversation, with nothing of what was meant for the one before. */
  #show(conversation: Conversation | undefined): void {
    if (conversation) this.#folder = conversation.folder;
    this.#draft = emptyDraft;
    this.#notice = undefined;
    this.#shown.show(conversation);
    this.#keep();
    this.#showTurns('end');
    this.#showComposer();
    this.surroundingsChanged();
  }

  #keep(): void {
    const { conversation } = this.#shown;
    this.#options.desk.keep(conversation && { folder: conversation.folder, id: conversation.id });
  }

  #write(text: string): void {
    this.#text = text;
    this.#toWrite = text;
    this.#options.post({ kind: 'write', text });
  }

  #showTurns(look: ShownTurns['look']): void {
    this.#options.post({ kind: 'turns', ...this.#shown.shown(look) });
  }

  #showComposer(): void {
    const notice = this.#notice;
    this.#options.post({
      kind: 'composer',
      composer: {
        busy: this.#isBusy,
        editing: this.#draft.editing !== undefined,
        attachments: attachmentsOf(this.#draft, this.#options.t),
        ...(notice !== undefined && { notice }),
      },
    });
  }
}
