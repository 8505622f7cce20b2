import assert from 'node:assert/strict';
import { CompletionCache, type Drafted } from '../../../../src/inference/completion/completionCache.ts';
import { situationAt } from './fixture.ts';

const drafted = (text: string): Drafted => ({
  text,
  meanLogProbability: -0.5,
  multiline: false,
  origin: 'model',
  snippets: [],
});

function cacheWith(marked: string, ...texts: string[]): CompletionCache {
  const cache = new CompletionCache();
  cache.remember(situationAt(marked), texts.map(drafted));
  return cache;
}

const found = (cache: CompletionCache, marked: string) => cache.lookUp(situationAt(marked))?.map((draft) => draft.text);

describe('completion cache', () => {
  it('answers at the same place', () => {
    assert.deepEqual(found(cacheWith('ret█\n}', 'urn x;'), 'ret█\n}'), ['urn x;']);
  });

  it('serves what is left when the completion is typed through', () => {
    const cache = cacheWith('ret█\n}', 'urn x;', 'urn y;', 'ry();');
    assert.deepEqual(found(cache, 'return █\n}'), ['x;', 'y;']);
    assert.deepEqual(found(cache, 'return x█\n}'), [';']);
  });

  it('knows nothing once the typing leaves every draft, or has reached its end', () => {
    const cache = cacheWith('ret█\n}', 'urn x;');
    assert.equal(found(cache, 'retr█\n}'), undefined);
    assert.equal(found(cache, 'return x;█\n}'), undefined);
  });

  it('checks the suffix as well as the prefix', () => {
    const cache = cacheWith('ret█\n}', 'urn x;');
    assert.equal(found(cache, 'ret█\n});'), undefined);
    assert.equal(found(cache, 'if (x)\nret█\n}'), undefined);
  });

  it('is not confused by brackets that the editor closes while a draft is typed through', () => {
    assert.deepEqual(found(cacheWith('foo█\n', '(a, b);'), 'foo(█)\n'), ['a, b);']);
  });

  it('remembers that there was nothing to say', () => {
    assert.deepEqual(found(cacheWith('x = 1;█\n'), 'x = 1;█\n'), []);
  });

  it('forgets the oldest first', () => {
    const cache = new CompletionCache();
    for (let line = 0; line < 300; line++) cache.remember(situationAt(`line${line}█`), [drafted('x')]);
    assert.equal(found(cache, 'line0█'), undefined);
    assert.deepEqual(found(cache, 'line299█'), ['x']);
  });
});
