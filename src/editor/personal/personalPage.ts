import type { PersonalStatus } from '../../protocol/personalMessages.ts';
import { errorText } from '../../base/logger.ts';
import { announcement } from './announcement.ts';
import { noExamples, queryFor, withChange, withChoice, withPage } from './examplePages.ts';
import { choiceOf, type KeptState, type PageAction, type ToPage } from './messages.ts';
import { isChange, makeChange, type PersonalEngine } from './pageActions.ts';
import type { PageDesk } from './pageDesk.ts';
import { PageRenderer } from './pageSections.ts';
import type { PageState, ShownExamples, Words } from './pageState.ts';
import { isRunning } from './personalText.ts';

export interface PersonalPageOptions {
  readonly engine: PersonalEngine;
  readonly desk: PageDesk;
  readonly words: Words;
  readonly kept: KeptState;
  readonly post: (message: ToPage) => void;
  readonly now: () => number;
}

/** The "Personal style" page behind its window: asks the engine, does what is pressed, and says what changes on the page. */
export class PersonalPage {
  readonly #options: PersonalPageOptions;
  readonly #renderer: PageRenderer;
  #state: PageState;
  /** The newest question for the overview and for examples: older answers are not shown. */
  #asked = 0;
  #askedExamples = 0;

  constructor(options: PersonalPageOptions) {
    const { engine, desk, kept } = options;
    this.#options = options;
    this.#renderer = new PageRenderer(options.words);
    this.#state = {
      engine: 'starting',
      facts: desk.facts(),
      trainFor: { kind: 'personal' },
      examples: noExamples(kept.filter),
      ...(engine.status && { status: engine.status }),
    };
  }

  /** The engine says something new; undefined: it was started or is gone, and everything has to be asked anew. */
  statusChanged(status: PersonalStatus | undefined): void {
    const { status: before, ...state } = this.#state;
    this.#set(status ? { ...state, status } : { ...state, engine: 'starting' });
    if (!status) {
      void this.#askAll();
      return;
    }
    const news = announcement(before, status, this.#options.words.t);
    if (news) this.#options.post({ kind: 'say', text: news });
    if (!before || changesOverview(before, status)) void this.#ask();
  }

  /** Somebody else (a command, a notification) changed what the engine keeps. */
  async keptChanged(): Promise<void> {
    await this.#ask();
    if (this.#state.overview?.counts.total === 0) await this.#askExamples(noExamples({}));
  }

  /** A setting or the open folders are others now. */
  factsChanged(): void {
    this.#set({ ...this.#state, facts: this.#options.desk.facts() });
  }

  async receive(action: PageAction): Promise<void> {
    try {
      await this.#do(action);
    } catch (cause) {
      this.#options.desk.fail(cause);
    } finally {
      // A control shows what was wished for: now it shows what is.
      if (isChange(action) || action.do === 'learn') this.#showAll();
    }
  }

  async #do(action: PageAction): Promise<void> {
    const { engine, desk } = this.#options;
    const { overview, examples, trainFor } = this.#state;
    if (isChange(action)) {
      if (overview) await makeChange(action, overview, engine, desk);
      return await this.#ask();
    }
    switch (action.do) {
      case 'ready':
        this.#showAll();
        return await (this.#state.overview ? this.#ask() : this.#askAll());
      case 'askAgain':
        this.#set({ ...this.#state, engine: 'starting' });
        return await this.#askAll();
      case 'learn':
        return await desk.setLearn(action.value);
      case 'openSetting':
        return await desk.run('workbench.action.openSettings', action.setting);
      case 'trainFor': {
        const folder = choiceOf(action.value);
        const place = folder === undefined ? ({ kind: 'personal' } as const) : ({ kind: 'project', folder } as const);
        this.#dropEstimate();
        return this.#set({ ...this.#state, trainFor: place });
      }
      case 'estimate': {
        this.#set({ ...this.#state, estimate: 'asked' });
        const estimate = await engine.estimate({ place: trainFor }).catch((cause: unknown) => {
          this.#dropEstimate();
          throw cause;
        });
        return this.#set({ ...this.#state, estimate });
      }
      case 'dropEstimate':
        return this.#dropEstimate();
      case 'train': {
        const result = await engine.train({ place: trainFor });
        this.#dropEstimate();
        if (!result.ok) desk.tell(result.problem);
        return;
      }
      case 'export':
        return await desk.run('hearth.exportStyle', action.id);
      case 'import':
        await desk.run('hearth.importAdapter');
        return await this.#ask();
      case 'forget':
        await desk.run('hearth.forgetStyle');
        return await this.#askAll();
      case 'filter':
        return await this.#askExamples(noExamples(withChoice(examples.filter, action)));
      case 'showNewest':
        return await this.#askExamples(noExamples(examples.filter));
      case 'showMore':
        return await this.#askExamples({ ...examples, state: 'loading' });
      case 'exclude':
      case 'include':
        await engine.changeExamples({ order: action.do, id: action.id });
        this.#set({ ...this.#state, examples: withChange(this.#state.examples, action) });
        return await this.#ask();
      case 'deleteExample':
        await engine.changeExamples({ order: 'delete', ids: [action.id] });
        this.#set({ ...this.#state, examples: withChange(this.#state.examples, action) });
        return await this.#ask();
    }
  }

  async #askAll(): Promise<void> {
    await this.#ask();
    await this.#askExamples(noExamples(this.#state.examples.filter));
  }

  async #ask(): Promise<void> {
    const { engine, now } = this.#options;
    const asked = ++this.#asked;
    try {
      const overview = await engine.overview();
      if (asked !== this.#asked) return;
      const { failure: _, ...state } = this.#state;
      // A notification that overtook the answer is newer than it.
      const status = engine.status ?? overview.status;
      this.#set({ ...state, engine: 'answering', overview, status, answeredMs: now() });
    } catch (cause) {
      if (asked === this.#asked) this.#set({ ...this.#state, engine: 'failed', failure: errorText(cause) });
    }
  }

  async #askExamples(wanted: ShownExamples): Promise<void> {
    const asked = ++this.#askedExamples;
    // What is there stays until the answer is: the page does not jump.
    const { list } = wanted.next === undefined ? this.#state.examples : wanted;
    this.#set({ ...this.#state, examples: { ...wanted, list } });
    try {
      const page = await this.#options.engine.examples(queryFor(wanted));
      if (asked !== this.#askedExamples) return;
      const total = this.#state.overview?.counts.total ?? 0;
      this.#set({ ...this.#state, examples: withPage(wanted, page, total) });
    } catch {
      // Why is said by the overview, which fails likewise.
      if (asked === this.#askedExamples) this.#set({ ...this.#state, examples: { ...wanted, list, state: 'failed' } });
    }
  }

  #dropEstimate(): void {
    const { estimate: _, ...state } = this.#state;
    this.#set(state);
  }

  #set(state: PageState): void {
    this.#state = state;
    this.#show();
  }

  #showAll(): void {
    this.#renderer.forget();
    this.#show();
  }

  #show(): void {
    const sections = this.#renderer.render(this.#state);
    const keep: KeptState = { filter: this.#state.examples.filter };
    if (sections.length > 0) this.#options.post({ kind: 'sections', sections, keep });
  }
}

/** Whether more than the progress of a training is new. */
function changesOverview(before: PersonalStatus, now: PersonalStatus): boolean {
  return (
    isRunning(before) !== isRunning(now) ||
    (before.state === 'off') !== (now.state === 'off') ||
    JSON.stringify(before.outcome) !== JSON.stringify(now.outcome) ||
    JSON.stringify(before.examples) !== JSON.stringify(now.examples)
  );
}
