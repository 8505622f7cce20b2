import assert from 'node:assert/strict';
import { promptsOf } from '../../../../src/inference/embedding/embeddingModels.ts';
import { catalogue } from '../../../../src/inference/models/catalogue.ts';

describe('what embedding models want before a text', () => {
  for (const [names, question, passage] of [
    [['nomic-embed-text-v1.5'], 'search_query: ', 'search_document: '],
    [['/models/x.gguf', 'Nomic Embed Code'], 'Represent this query for searching relevant code: ', ''],
    [['', 'coderankembed-q8_0'], 'Represent this query for searching relevant code: ', ''],
    [['bge-small-en-v1.5'], 'Represent this sentence for searching relevant passages: ', ''],
    [['bge-m3'], '', ''],
    [['bge-small-zh-v1.5'], '', ''],
    [['multilingual-e5-small'], 'query: ', 'passage: '],
    [['multilingual-e5-large-instruct'], '', ''],
    [['google_embeddinggemma-300M'], 'task: code retrieval | query: ', 'title: none | text: '],
    [['phase5-base'], '', ''],
    [['all-MiniLM-L6-v2'], '', ''],
    [[], '', ''],
  ] as const)
    it(`is found for ${names.join(', ') || 'no name'}`, () =>
      assert.deepEqual(promptsOf(names), { question, passage }));

  it('is known for every embedding model of the catalogue, by id as by name', () => {
    const rows = catalogue.filter(({ use }) => use === 'embedding');
    assert.ok(rows.length >= 5);
    for (const { id, name } of rows) {
      assert.notEqual(promptsOf([id]).question, '', id);
      assert.deepEqual(promptsOf([name]), promptsOf([id]), id);
    }
  });
});
