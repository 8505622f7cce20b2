import assert from 'node:assert/strict';
import { LastContextRecord } from '../../../src/engine/lastContext.ts';

const document = {
  uri: 'file:///p/a.ts',
  path: 'a.ts',
  languageId: 'typescript',
  version: 1,
  text: 'one\ntwo\nthree',
  before: '',
  after: '',
};

describe('what the last completion was given', () => {
  it('is nothing before the first', () => {
    assert.deepEqual(new LastContextRecord().now, {});
  });

  it('is where it was made, and each snippet with what its source knows of it', () => {
    const record = new LastContextRecord();
    record.note({ document, offset: 0, snippets: [] });
    const origin = { uri: 'file:///p/b.ts', startLine: 4, reasons: [{ kind: 'name' as const, name: 'b' }] };
    record.note({
      document,
      offset: document.text.indexOf('two') + 1,
      snippets: [
        { source: 'openTabs', path: 'c.ts', text: 'c', score: 1 },
        { source: 'index', path: 'b.ts', text: 'b', score: 2, origin },
      ],
    });
    assert.deepEqual(record.now.completion, {
      uri: 'file:///p/a.ts',
      path: 'a.ts',
      line: 1,
      snippets: [
        { source: 'openTabs', path: 'c.ts', text: 'c', reasons: [] },
        { source: 'index', path: 'b.ts', text: 'b', ...origin },
      ],
    });
  });
});
