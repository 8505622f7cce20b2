import assert from 'node:assert/strict';
import { describeStatus, offReason, type StatusView } from '../../../src/editor/statusText.ts';
import type { IndexStatus } from '../../../src/protocol/indexMessages.ts';
import type { EngineState, ModelStatus, ServerStatus } from '../../../src/protocol/messages.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';
import { defaultSettings } from '../../../src/protocol/settings.ts';

const model: ModelStatus = { id: 'starter', name: 'Starter', tokensPerSecond: 26.3, latencyMs: 141, device: 'cpu' };
const ready: IndexStatus = { state: 'ready', files: 8110, chunks: 90_000 };
const describeIn = (view: Omit<StatusView, 'index'> & Partial<StatusView>) =>
  describeStatus({ index: { state: 'off', files: 0, chunks: 0 }, ...view }, inEnglish);

const tooltipOf = (server: ServerStatus) => describeIn({ status: { state: 'ready', server } }).tooltip;

describe('offReason', () => {
  it('is the nearest switch that is off', () => {
    const off = { ...defaultSettings, languages: { markdown: false } };
    assert.equal(offReason(defaultSettings, true, 'go'), undefined);
    assert.equal(offReason(off, true, 'markdown'), 'language');
    assert.equal(offReason(off, true, 'go'), undefined);
    assert.equal(offReason(off, true, undefined), undefined);
    assert.equal(offReason(off, false, 'markdown'), 'editor');
    assert.equal(offReason({ ...off, enable: false }, false, 'go'), 'everywhere');
  });
});

describe('describeStatus', () => {
  it('gives each state an icon and words of its own', () => {
    const states: EngineState[] = ['loading', 'ready', 'thinking', 'off', 'error'];
    const texts = states.map((state) => describeIn({ status: { state } }));
    assert.equal(new Set(texts.map((text) => text.icon)).size, states.length);
    assert.equal(new Set(texts.map((text) => text.state)).size, states.length);
    assert.deepEqual(
      states.filter((_, i) => texts[i]?.busy),
      ['loading', 'thinking'],
    );
    assert.deepEqual(
      states.filter((_, i) => texts[i]?.severity === 'error'),
      ['error'],
    );
  });

  it('names model, device, speed and latency', () => {
    const { speed, tooltip } = describeIn({ status: { state: 'ready', model } });
    assert.equal(speed, '26 tokens/s · 141 ms to a completion · CPU');
    assert.match(tooltip, /Model\\: Starter on CPU\n\n26 tokens\\\/s · 141 ms to a completion$/);
  });

  it('leaves out what is not measured yet', () => {
    const fresh = { id: 'starter', name: 'Starter', device: 'vulkan 24/28' };
    assert.equal(describeIn({ status: { state: 'ready', model: fresh } }).speed, 'vulkan 24/28');
  });

  it('says what went wrong', () => {
    const problem = { code: 'host.crashing', crashes: 3 } as const;
    assert.match(describeIn({ status: { state: 'error', problem } }).tooltip, /stopped 3 times in a row/);
    assert.match(describeIn({ status: { state: 'error' } }).tooltip, /keeps stopping/);
  });

  it('names the server that answers in the chat, as text, or what is wrong with it', () => {
    const host = 'box:8080';
    assert.match(tooltipOf({ host }), /\n\nChat\\: server box\\:8080$/);
    assert.match(
      tooltipOf({ host, model: '[x](command:y)' }),
      /Chat\\: \\\[x\\\]\\\(command\\:y\\\) on the server box/,
    );
    const problem = { code: 'server.unreachable', host, reason: 'ECONNREFUSED' } as const;
    assert.match(tooltipOf({ host, problem }), /cannot be reached \\\(ECONNREFUSED\\\)/);
  });

  it('does not complain about what the user switched off', () => {
    const text = describeIn({ status: { state: 'error' }, off: 'everywhere' });
    assert.equal(text.severity, 'none');
    assert.equal(text.state, 'off');
  });

  it("says which switch is off: Hearth's, the language's or VS Code's", () => {
    const words = (['everywhere', 'language', 'editor'] as const).map(
      (off) => describeIn({ status: { state: 'ready' }, off }).state,
    );
    assert.equal(new Set(words).size, 3);
    assert.match(words[2] ?? '', /editor\.inlineSuggest\.enabled/);
  });

  it('lets no model name become a link or an image', () => {
    const hostile = { ...model, name: '![x](https://evil.example/a.png)' };
    assert.doesNotMatch(describeIn({ status: { state: 'ready', model: hostile } }).tooltip, /(?<!\\)[[\]()]/);
  });

  it('tells how the index is doing, and how far it is only while it is at work', () => {
    const progress = { filesDone: 1203, filesTotal: 8110, filesPerSecond: 950, secondsLeft: 7 };
    const status = { state: 'ready', model } as const;
    const indexing = describeIn({ status, index: { ...ready, state: 'indexing', progress } });
    assert.equal(indexing.indexProgress, '14 %');
    assert.match(indexing.tooltip, /Indexing 1,203 of 8,110 files, 950 files\\\/s, about 7 s$/);
    const idle = describeIn({ status, index: ready });
    assert.equal(idle.indexProgress, '');
    assert.match(idle.tooltip, /\n\n8,110 files indexed$/);
    assert.doesNotMatch(describeIn({ status }).tooltip, /index/i);
  });

  it('tells how far a training is, and nothing of learning when none is under way', () => {
    const status = { state: 'ready', model } as const;
    const examples = { usable: 60, fresh: 12, needed: 50 };
    const progress = { place: { kind: 'personal' }, step: 34, steps: 100, losses: [], validation: [] } as const;
    const learning = describeIn({ status, personal: { state: 'training', examples, progress } });
    assert.equal(learning.trainingProgress, '34 %');
    assert.equal(learning.training, 'Learning your style · 34 % · Step 34 of 100');
    assert.match(learning.tooltip, /Learning your style · 34 % · Step 34 of 100$/);
    for (const state of ['idle', 'off'] as const) {
      const resting = describeIn({ status, personal: { state, examples } });
      assert.deepEqual([resting.training, resting.trainingProgress], ['', '']);
      assert.doesNotMatch(resting.tooltip, /earn/);
    }
  });

  it('lets no folder name in a problem of the index become a link', () => {
    const problem = { code: 'index.diskFull', folder: '[x](command:y)' } as const;
    const { tooltip } = describeIn({ status: { state: 'ready' }, index: { ...ready, state: 'error', problem } });
    assert.doesNotMatch(tooltip, /(?<!\\)[[\]()]/);
  });
});
