import assert from 'node:assert/strict';
import { searchModelRows, type SearchModels } from '../../../src/editor/searchModelRows.ts';
import type { ModelChoice } from '../../../src/protocol/messages.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';

function choice(id: string, changes: Partial<ModelChoice> = {}): ModelChoice {
  return {
    id,
    name: id.toUpperCase(),
    licence: 'MIT',
    restricted: false,
    downloadBytes: 640e6,
    memoryBytes: 1.2e9,
    state: 'available',
    host: 'models.example',
    fit: 'good',
    ...changes,
  };
}

/** As one would read it: a group's label, or a choice's whole text. */
function shown(models: Partial<SearchModels>): string[] {
  const rows = searchModelRows({ embedders: [], rerankers: [], embedder: '', ...models }, inEnglish);
  return rows.map((row) =>
    row.kind === 'group' ? `# ${row.label}` : [row.label, row.description, row.detail].join('|'),
  );
}

describe('searchModelRows', () => {
  it('shows the embedded one first, then what embeds, then what ranks, each in the order of the engine', () => {
    const rows = shown({ embedders: [choice('b'), choice('a', { fit: 'slow' })], rerankers: [choice('r')] });
    assert.deepEqual(rows, [
      '# Embedding model',
      '$(check) Hearth embedder|in use|Apache-2.0 · embedded, fastest',
      '# Slower, and indexes again',
      '$(blank) B||640 MB download · MIT · 1.2 GB memory',
      '$(blank) A||640 MB download · MIT · 1.2 GB memory · slow on this machine',
      '# Rerankers',
      '$(blank) R||640 MB download · MIT · 1.2 GB memory · downloading it is enough',
    ]);
  });

  it('has no group without models', () =>
    assert.deepEqual(
      shown({}).filter((row) => row.startsWith('#')),
      ['# Embedding model'],
    ));

  it('marks what the setting names, and says when that is not here', () => {
    const embedders = [choice('a', { state: 'downloaded' }), choice('b')];
    const marked = (embedder: string) => shown({ embedders, embedder }).filter((row) => row.startsWith('$(check)'));
    assert.match(marked('a').join('\n'), /^\$\(check\) A\|in use\|[^\n]*$/);
    assert.match(marked('b').join('\n'), /^\$\(check\) B\|chosen, not downloaded yet\|[^\n]*$/);
    assert.deepEqual(marked('/models/own.gguf'), []);
    assert.match(shown({ embedder: 'a' })[1] ?? '', /\$\(blank\) Hearth embedder\|comes with Hearth/);
  });

  it('asks for no second download of a reranker that is here', () => {
    const row = shown({ rerankers: [choice('r', { state: 'downloaded' })] }).at(-1);
    assert.equal(row, '$(blank) R|on this machine|MIT · 1.2 GB memory');
  });

  it('warns of what is too large', () =>
    assert.match(shown({ embedders: [choice('a', { fit: 'tooLarge' })] }).at(-1) ?? '', /too large for this machine$/));

  it('gives the embedded one the id that an empty setting means', () => {
    const [, row] = searchModelRows({ embedders: [], rerankers: [], embedder: '' }, inEnglish);
    assert.equal(row?.kind === 'choice' && row.choice.id, '');
  });
});
