import assert from 'node:assert/strict';
import {
  chatModelRows,
  choiceRow,
  consentText,
  describeHardware,
  modelRows,
  needsDownload,
  ownFileOf,
} from '../../../src/editor/modelRows.ts';
import type { HardwareReport, ModelChoice, ModelList } from '../../../src/protocol/messages.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';

const hardware: HardwareReport = { memoryBytes: 16e9, freeMemoryBytes: 9e9, physicalCores: 8 };

function choice(id: string, changes: Partial<ModelChoice> = {}): ModelChoice {
  return {
    id,
    name: id.toUpperCase(),
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 1.6e9,
    memoryBytes: 2.1e9,
    state: 'available',
    host: 'models.example',
    fit: 'good',
    ...changes,
  };
}

function rows(choices: ModelChoice[], selectedId = 'none') {
  const list: ModelList = { choices, selectedId, hardware };
  return modelRows(list, inEnglish);
}

const consentDetail = (changes: Partial<ModelChoice>) => consentText(choice('a', changes), hardware, inEnglish).detail;

describe('modelRows', () => {
  it('puts what suits the machine first and keeps the order of the engine within a group', () => {
    const shown = rows([
      choice('huge', { fit: 'tooLarge' }),
      choice('b'),
      choice('a'),
      choice('best', { fit: 'recommended' }),
    ]);
    assert.deepEqual(
      shown.map((row) => (row.kind === 'group' ? row.label : row.choice.id)),
      [
        'Recommended for this machine',
        'best',
        'Runs well on this machine',
        'b',
        'a',
        'Too large for this machine',
        'huge',
      ],
    );
  });

  it('shows every choice exactly once', () => {
    const all = (['recommended', 'good', 'slow', 'tooLarge'] as const).map((fit) => choice(fit, { fit }));
    assert.equal(rows(all).filter((row) => row.kind === 'choice').length, all.length);
  });

  it('puts those for chat under a heading of their own, each with how it fits', () => {
    const choices = [choice('small', { fit: 'recommended', state: 'downloaded' }), choice('large', { fit: 'slow' })];
    const shown = chatModelRows({ choices, selectedId: 'small', hardware }, inEnglish);
    assert.deepEqual(
      shown.map((row) => (row.kind === 'group' ? row.label : `${row.label} · ${row.detail}`)),
      [
        'For chat, and code completion too',
        '$(check) SMALL · Apache-2.0 · 2.1 GB memory · Recommended for this machine',
        '$(blank) LARGE · 1.6 GB download · Apache-2.0 · 2.1 GB memory · Slow on this machine',
      ],
    );
    assert.deepEqual(chatModelRows({ choices: [], selectedId: '', hardware }, inEnglish), []);
  });

  it('tells size, licence and memory', () => {
    const [, row] = rows([choice('a', { restricted: true, licence: 'Qwen-Research' })]);
    assert.ok(row?.kind === 'choice');
    assert.equal(row.detail, '1.6 GB download · Qwen-Research (restricted) · 2.1 GB memory');
  });

  it('names no download for what is here already', () => {
    const [, row] = rows([choice('a', { state: 'downloaded' })]);
    assert.ok(row?.kind === 'choice');
    assert.equal(row.detail, 'Apache-2.0 · 2.1 GB memory');
    assert.equal(row.description, 'on this machine');
  });

  it('marks the one in use', () => {
    const shown = rows([choice('a'), choice('b', { state: 'downloaded' })], 'b').filter((row) => row.kind === 'choice');
    assert.deepEqual(
      shown.map((row) => row.label.includes('$(check)')),
      [false, true],
    );
    assert.equal(shown[1]?.description, 'in use');
  });
});

describe('choiceRow', () => {
  it('does not call in use what is chosen and not here', () => {
    assert.equal(choiceRow(choice('a', { state: 'downloaded' }), true, inEnglish).description, 'in use');
    assert.equal(choiceRow(choice('a'), true, inEnglish).description, 'chosen, not downloaded yet');
    assert.equal(
      choiceRow(choice('a', { state: 'partial' }), true, inEnglish).description,
      'chosen, not downloaded yet',
    );
  });

  it('leaves out what is not known of a file', () => {
    const file = choice('/models/a.gguf', { state: 'downloaded', licence: '' });
    assert.equal(choiceRow(file, false, inEnglish).detail, '2.1 GB memory');
  });
});

describe('ownFileOf', () => {
  it('is what is chosen beside the list', () => {
    assert.equal(ownFileOf('/models/own.gguf', [choice('a')]), '/models/own.gguf');
    assert.equal(ownFileOf('a', [choice('a')]), undefined);
    assert.equal(ownFileOf('', [choice('a')]), undefined);
  });
});

describe('needsDownload', () => {
  it('is so until the file is complete', () => {
    const states = (['embedded', 'downloaded', 'partial', 'available'] as const).filter((state) =>
      needsDownload(choice('a', { state })),
    );
    assert.deepEqual(states, ['partial', 'available']);
  });
});

describe('consentText', () => {
  it('names host, size and licence, for a new download and for one that goes on', () => {
    for (const state of ['available', 'partial'] as const)
      for (const fact of ['models.example', '1.6 GB', 'Apache-2.0'])
        assert.ok(consentDetail({ state }).includes(fact), state);
  });

  it('warns of a licence that forbids uses', () => {
    assert.match(consentDetail({ restricted: true }), /forbids some uses/);
    assert.doesNotMatch(consentDetail({}), /forbids/);
  });

  it('warns of a model that does not fit', () => {
    assert.match(consentDetail({ fit: 'tooLarge', memoryBytes: 40e9 }), /needs 40\.0 GB .* has 16\.0 GB/);
    assert.doesNotMatch(consentDetail({ fit: 'slow' }), /may not run/);
  });
});

describe('describeHardware', () => {
  it('tells memory, cores and the GPU', () => {
    assert.equal(describeHardware(hardware, inEnglish), '16.0 GB memory · 8-core CPU · no GPU');
    const gpu = { name: 'Radeon', backend: 'vulkan', memoryBytes: 8e9 };
    assert.match(describeHardware({ ...hardware, gpu }, inEnglish), /Radeon, 8\.0 GB \(vulkan\)$/);
  });
});
