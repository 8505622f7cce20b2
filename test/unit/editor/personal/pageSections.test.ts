import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PageRenderer } from '../../../../src/editor/personal/pageSections.ts';
import type { PageState, Words } from '../../../../src/editor/personal/pageState.ts';
import type { PersonalStatus, TrainingEstimate } from '../../../../src/protocol/personalMessages.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { examples, idle, nowMs, openFolders, overview, progress, training } from './recordedPersonal.ts';

const words: Words = { t: inEnglish, languageName: (id) => id, date: (ms) => `at ${ms}`, day: (ms) => `on ${ms}` };
const full: PageState = {
  engine: 'answering',
  status: idle,
  overview,
  answeredMs: nowMs,
  facts: { learn: 'automatic', recordEvents: true, folders: openFolders },
  trainFor: { kind: 'personal' },
  examples: { filter: {}, list: examples(4), state: 'shown', total: 231, next: 496 },
};

function show(changes: Partial<PageState>, id: string): string {
  const rendered = new PageRenderer(words).render({ ...full, ...changes });
  return rendered.find((each) => each.id === id)?.markup ?? '';
}

/** What stands there, as a person reads it. */
const read = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
    .trim();
const buttons = (markup: string) =>
  [...markup.matchAll(/<button[^>]*?( disabled)?>([^<]*)/g)].map(([, off, label = '']) => label + (off ?? ''));
const withStatus = (changes: Partial<PersonalStatus>): Partial<PageState> => ({ status: { ...idle, ...changes } });

/** What can be done about a training in this state; each shows how far it is. */
function offered(state: PersonalStatus['state']): readonly string[] {
  const markup = show({ status: { ...training, state } }, 'training');
  assert.match(markup, /<progress class="\w+" max="100" value="\d+"/, state);
  assert.match(markup, /<figure class="plot">/, state);
  return buttons(markup);
}

describe('the training section', () => {
  it('offers a training when there is enough to learn from', () => {
    const markup = show({}, 'training');
    assert.match(read(markup), /Ready to learn, new examples: 61 Usable examples 214/);
    assert.match(read(markup), /The next training starts by itself when you take a break\./);
    assert.deepEqual(buttons(markup), ['Retrain…']);
  });

  it('shows how far it is to the first training, and offers none before', () => {
    const markup = show(withStatus({ examples: { usable: 12, fresh: 12, needed: 50 } }), 'training');
    assert.match(read(markup), /12 of 50 examples/);
    assert.match(markup, /<progress class="resting" max="50" value="12"/);
    assert.deepEqual(buttons(markup), ['Retrain… disabled']);
  });

  it('shows progress, plot and what can be done in every state of a training', () => {
    for (const state of ['preparing', 'training', 'waiting'] as const)
      assert.deepEqual(offered(state), ['Pause', 'Cancel Training'], state);
    assert.deepEqual(offered('paused'), ['Resume', 'Cancel Training']);
    assert.deepEqual(offered('proving'), ['Cancel Training']);
  });

  it('ends the plot where the training ended while the adapter is tested, whose steps are others', () => {
    const tested = { ...training, state: 'proving', progress: { ...progress, step: 60, steps: 100 } } as const;
    assert.match(show({ status: tested }, 'training'), /trained-end" cx="100\.00%"/);
  });

  it('is plain about being off', () => {
    const facts = { ...full.facts, learn: 'off' } as const;
    const markup = show({ ...withStatus({ state: 'off' }), facts }, 'training');
    assert.match(read(markup), /Nothing new is noted or learned/);
    assert.deepEqual(buttons(markup), ['Retrain… disabled']);
    assert.match(
      read(show({ facts: { ...full.facts, recordEvents: false } }, 'training')),
      /hearth\.recordEvents is off/,
    );
  });

  it('offers none for a model that cannot be trained, and says why', () => {
    const { model } = overview;
    assert.ok(model);
    const problem = { code: 'adapter.architecture', architecture: 'gemma', known: 'llama, qwen2' } as const;
    const markup = show({ overview: { ...overview, model: { ...model, problem } } }, 'training');
    assert.deepEqual(buttons(markup), ['Retrain… disabled']);
    assert.match(read(markup), /architecture gemma, only of llama, qwen2/);
    assert.deepEqual(buttons(show({ overview: { ...overview, model: null } }, 'training')), ['Retrain… disabled']);
  });

  it('tells what a training takes before it is started', () => {
    const estimate: TrainingEstimate = {
      ok: true,
      examples: 214,
      seconds: 118,
      memoryBytes: 1.2e9,
      freeBytes: 5.4e9,
      device: 'AMD Ryzen 7 7840U',
    };
    const markup = show({ estimate }, 'training');
    assert.match(read(markup), /Time about 2 min Memory 1\.2 GB \(5\.4 GB are free\) Runs on AMD Ryzen 7 7840U/);
    assert.deepEqual(buttons(markup), ['Retrain…', 'Start Training', 'Not Now']);
    assert.match(read(show({ estimate: 'asked' }, 'training')), /Working out/);
    const refused = show({ estimate: { ok: false, problem: { code: 'adapter.busy' } } }, 'training');
    assert.match(read(refused), /Another window/);
    assert.ok(!buttons(refused).includes('Start Training'));
    // Once it runs, nobody asks any more.
    assert.doesNotMatch(show({ status: training, estimate }, 'training'), /Start Training/);
  });

  it('tells how the last training ended, with its proof', () => {
    const outcome = { kind: 'adopted', adapter: 'newest', seconds: 118 } as const;
    assert.match(
      read(show(withStatus({ outcome }), 'training')),
      /in use\. On your newest code: written exactly: 33 % \(was 21 %\)/,
    );
    const rejected = { kind: 'rejected', adapter: 'older', why: 'harmsGeneral', seconds: 9 } as const;
    assert.match(read(show(withStatus({ outcome: rejected }), 'training')), /completions of other code worse/);
  });

  it('claims nothing before the engine has said anything', () => {
    const { status: _, ...unknown } = full;
    const [section] = new PageRenderer(words).render(unknown).filter(({ id }) => id === 'training');
    assert.match(read(section?.markup ?? ''), /Waiting for the engine/);
    assert.doesNotMatch(section?.markup ?? '', /Usable examples/);
  });
});

describe('the notice', () => {
  it('is empty while the engine answers', () => assert.equal(show({}, 'notice'), ''));

  it('says that what is shown is old, and of when', () => {
    for (const engine of ['starting', 'failed'] as const)
      assert.match(read(show({ engine, failure: 'It is gone.' }, 'notice')), new RegExp(`at ${nowMs}; it may have`));
    const markup = show({ engine: 'failed', failure: 'It is gone.' }, 'notice');
    assert.match(read(markup), /gives no answer: It is gone\./);
    assert.deepEqual(buttons(markup), ['Try Again']);
  });
});

describe('the adapters', () => {
  it('are listed by whom they are for, in use first to be seen, and others with the reason', () => {
    const text = read(show({}, 'adapters'));
    const titles = ['For all my code', 'For the folder atlas', 'From others', 'For other models'];
    const places = titles.map((title) => text.indexOf(title));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.ok(places.every((place) => place > 0));
    assert.match(text, /Hearth starter Atlas × 1\.00, atlas Personal, 11 November × 0\.85, everywhere/);
    assert.match(text, /Made for Qwen2\.5-Coder 1\.5B: it cannot be used with Hearth starter\./);
  });

  it('have a slider from 0 to 1.5 where they are in use, and a way in where they fit', () => {
    const markup = show({}, 'adapters');
    assert.equal([...markup.matchAll(/<input type="range" min="0" max="1\.5" step="0\.05"/g)].length, 2);
    assert.match(markup, /value="0\.85" aria-label="Strength of Personal, 11 November, everywhere"/);
    assert.deepEqual(
      buttons(markup).filter((label) => /^(Use|Stop Using)$/.test(label)),
      ['Stop Using', 'Use', 'Stop Using', 'Use'],
    );
  });

  it('offer to go back only where there is somewhere to go', () => {
    assert.ok(buttons(show({}, 'adapters')).includes('Roll Back'));
    const first = { ...overview, canRollBack: false };
    assert.ok(!buttons(show({ overview: first }, 'adapters')).includes('Roll Back'));
  });

  it('show their proof: numbers, bars, and samples with marks that are not colour alone', () => {
    const markup = show({}, 'adapters');
    assert.match(
      read(markup),
      /Loss on your code lower is better 1\.912 1\.537 Written exactly higher is better 21 % 33 %/,
    );
    assert.match(markup, /<rect class="before" [^>]*width="20\.8%"/);
    assert.match(markup, /<rect class="after" [^>]*width="33\.3%"/);
    assert.match(markup, /<mark>fn<\/mark>/);
    assert.match(read(markup), /not tested/);
    assert.match(read(show({ overview: { ...overview, adapters: [], inUse: [] } }, 'adapters')), /There is none yet\./);
  });
});

describe('the examples', () => {
  it('show what was written in its place, what was offered, and what can be done', () => {
    const markup = show({}, 'examples');
    assert.match(read(markup), /firstPauseMs \* 2 \*\* \(attempt - 1\); await delay/);
    assert.match(read(markup), /return jobs\.every\(\(\{ state \}\) => state === "done"\); \}/);
    assert.match(read(markup), /Offered, and refused Math\.min\(1000/);
    assert.match(read(markup), /74 % of it was still there/);
    assert.ok(buttons(markup).includes('Learn From It Again') && buttons(markup).includes('Show More'));
  });

  it('say why there are none', () => {
    const none: PageState['examples'] = { filter: {}, list: [], state: 'shown' };
    const lists: readonly PageState['examples'][] = [
      { ...none, state: 'loading' },
      { ...none, state: 'failed' },
      none,
      { ...none, filter: { kind: 'typed' } },
    ];
    const texts = lists.map((list) => read(show({ examples: list }, 'examples')));
    assert.equal(new Set(texts.map((text) => text.slice(-30))).size, 4);
  });

  it('offer the newer ones instead of pushing what is read away', () => {
    assert.ok(!buttons(show({}, 'examples')).includes('Show Newer Examples'));
    const more = { ...overview, counts: { ...overview.counts, total: 232 } };
    assert.ok(buttons(show({ overview: more }, 'examples')).includes('Show Newer Examples'));
  });
});

describe('the rules and the style profile', () => {
  it('list languages that are off though nothing was learned from them', () => {
    const rules = { languages: ['markdown', 'latex'], paths: [] };
    const markup = show({ overview: { ...overview, rules } }, 'rules');
    assert.match(markup, /<input type="checkbox" data-send="[^"]*latex/);
    assert.match(markup, /<input type="checkbox" checked data-send="[^"]*typescript/);
  });

  it('show what is clear first, and what the user set as chosen', () => {
    const markup = show({}, 'style');
    assert.match(read(markup), /Quotes Single quotes \(97 % of 412 places\)/);
    assert.match(markup, /<option value="=declaration" selected>/);
    assert.match(read(markup), /Not clear in your code: 1/);
  });
});

describe('PageRenderer', () => {
  it('makes anew only what a change touches', () => {
    const renderer = new PageRenderer(words);
    assert.equal(renderer.render(full).length, 7);
    assert.deepEqual(renderer.render(full), []);
    const next = { ...full, status: training };
    assert.deepEqual(
      renderer.render(next).map(({ id }) => id),
      ['training'],
    );
    // The same again as a new object is no news.
    assert.deepEqual(renderer.render({ ...next, overview: structuredClone(overview) }), []);
    renderer.forget();
    assert.equal(renderer.render(next).length, 7);
  });

  it('lets no text from the wire become markup, wherever it stands', () => {
    const payloads = fc.constantFrom(
      '<x-evil></x-evil>',
      '"><x-evil a="',
      "'><x-evil a='",
      '</textarea></select></pre></code><x-evil>',
      '"onfocus="x-evil" autofocus="',
      '<!--<x-evil>',
    );
    fc.assert(
      fc.property(payloads, fc.string(), (payload, more) => {
        assert.deepEqual(tagsOf(markupOf(payload + more)), tagsOf(markupOf('x')));
      }),
      { numRuns: 30 },
    );
  });
});

function markupOf(payload: string): string {
  const rendered = new PageRenderer(words).render(withPayload(full, payload));
  return rendered.map(({ markup }) => markup).join('');
}

/** The elements with the names of their attributes; fails where anything else could be read as markup. */
function tagsOf(markup: string): readonly string[] {
  const tag = /<(\/?[a-z0-9-]+)((?:\s+[A-Za-z-]+(?:="[^"<>]*")?)*)\s*\/?>/gi;
  assert.doesNotMatch(markup.replace(tag, ''), /[<>]/);
  return [...markup.matchAll(tag)].map(
    ([, name = '', attributes = '']) =>
      name + attributes.replace(/="[^"]*"/g, '').replace(/\s+(selected|checked)/g, ''),
  );
}

/** Every text that the wire brings, replaced; names that decide how something is shown stay. */
function withPayload(state: PageState, payload: string): PageState {
  const kept = new Set(['kind', 'state', 'engine', 'verdict', 'origin', 'learn', 'do', 'waitsFor', 'code']);
  const replace = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return kept.has(name) ? value : payload;
    if (Array.isArray(value)) return value.map((each) => replace(each, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replace(each, key)]));
  };
  const outcome = { kind: 'failed', problem: { code: 'adapter.lost', name: payload } } as const;
  return Object.assign({}, state, replace(state, ''), {
    status: { ...idle, outcome },
    failure: payload,
    engine: 'failed',
  });
}
