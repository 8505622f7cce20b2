import type { KeptState, ToPage } from '../messages.ts';
import { isDirty, morph } from './morph.ts';

/** The script of the page: puts in what the extension sends, and says what the user did. It decides nothing. */

/** What outlives the page: a tab that is hidden loses its page, and gets a new one when it is shown again. */
interface PageMemory extends KeptState {
  /** Keys of the `<details>` that are open. */
  readonly open: readonly string[];
  /** What was typed and not saved, by what saving it says. */
  readonly drafts: Readonly<Record<string, string>>;
  readonly scroll: number;
}

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: object) => void;
  readonly getState: () => PageMemory | undefined;
  readonly setState: (state: PageMemory) => void;
};

/** A slider that is moved by keys says each step: only where it rests is meant. */
const restMs = 300;

const { postMessage: tell, getState, setState } = acquireVsCodeApi();
let memory: PageMemory = { filter: {}, open: [], drafts: {}, scroll: 0, ...getState() };
/** What was open, typed and scrolled to before, and is not there again yet. */
const missing = { open: new Set(memory.open), drafts: new Map(Object.entries(memory.drafts)) };
let scrollTo: number | undefined = memory.scroll;
const resting = new Map<HTMLElement, number>();

function remember(changes: Partial<PageMemory>): void {
  memory = { ...memory, ...changes };
  setState(memory);
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === 'say') {
    const said = document.getElementById('said');
    if (said) said.textContent = data.text;
    return;
  }
  for (const { id, markup } of data.sections) {
    const element = document.getElementById(id);
    if (element) morph(element, markup);
  }
  bringBack();
  remember({ filter: data.keep.filter, drafts: draftsNow() });
});

/** As it was before a reload. */
function bringBack(): void {
  for (const details of document.querySelectorAll('details'))
    if (missing.open.delete(details.dataset['key'] ?? '')) details.open = true;
  for (const area of document.querySelectorAll('textarea')) {
    const key = area.form?.dataset['send'] ?? '';
    const draft = missing.drafts.get(key);
    if (draft === undefined || !missing.drafts.delete(key) || draft === area.value) continue;
    area.value = draft;
    area.dataset['dirty'] = '';
  }
  if (scrollTo !== undefined) window.scrollTo(0, scrollTo);
}

// From here on the user scrolls.
for (const event of ['pointerdown', 'keydown', 'wheel'])
  window.addEventListener(event, () => {
    scrollTo = undefined;
  });

function draftsNow(): PageMemory['drafts'] {
  const dirty = [...document.querySelectorAll('textarea')].filter(isDirty);
  const drafts = dirty.map((area) => [area.form?.dataset['send'] ?? '', area.value] as const);
  return Object.fromEntries([...missing.drafts, ...drafts]);
}

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest<HTMLElement>('button[data-send]');
  if (button) say(button);
  // The keyboard goes where the eyes go.
  const link = target.closest<HTMLAnchorElement>('a[href^="#"]');
  if (link) document.getElementById(link.hash.slice(1))?.focus();
});

document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLSelectElement) say(target, target.value);
  if (!(target instanceof HTMLInputElement)) return;
  if (target.type === 'checkbox') return say(target, target.checked ? 'on' : 'off');
  clearTimeout(resting.get(target));
  resting.set(
    target,
    setTimeout(() => say(target, target.value), restMs),
  );
});

document.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLTextAreaElement) {
    target.dataset['dirty'] = '';
    remember({ drafts: draftsNow() });
  }
  if (!(target instanceof HTMLInputElement) || target.type !== 'range') return;
  target.dataset['dirty'] = '';
  const output = target.nextElementSibling;
  if (output instanceof HTMLOutputElement) output.value = Number(target.value).toFixed(2);
});

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const text = form instanceof HTMLFormElement ? form.querySelector('textarea') : null;
  // It stays marked as typed until the extension shows it as saved.
  if (text?.form) say(text.form, text.value);
});

// `toggle` does not bubble.
document.addEventListener('toggle', rememberOpen, true);
document.addEventListener('scroll', () => remember({ scroll: window.scrollY }), { passive: true });

function rememberOpen(): void {
  const open = [...document.querySelectorAll('details')].filter((details) => details.open);
  const keys = open.flatMap(({ dataset: { key } }) => (key === undefined ? [] : [key]));
  remember({ open: [...new Set([...keys, ...missing.open])] });
}

/** What the markup says that this control means, with its value. */
function say(control: HTMLElement, value?: string): void {
  const action = control.dataset['send'];
  if (action === undefined) return;
  if (control instanceof HTMLInputElement) delete control.dataset['dirty'];
  const message: object = JSON.parse(action);
  tell(value === undefined ? message : { ...message, value });
}

tell({ do: 'ready' });
