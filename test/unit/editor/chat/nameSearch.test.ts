import assert from 'node:assert/strict';
import { matchesGlob } from 'node:path/posix';
import { foldersAmong, globFor, inOrderOfName } from '../../../../src/editor/chat/nameSearch.ts';

describe('globFor', () => {
  const finds: readonly (readonly [query: string, path: string, expected: boolean])[] = [
    ['cart', 'src/Cart.ts', true],
    ['CART', 'src/cart.ts', true],
    ['cart', 'cart.ts', true],
    ['cart', 'src/cart/total.ts', false],
    ['src/ca', 'src/cart.ts', true],
    ['src/ca', 'lib/src/cart.ts', true],
    ['src\\ca', 'src/cart.ts', true],
    ['menu', 'src/cart.ts', false],
    ['', 'src/cart.ts', true],
    ['[id]', 'pages/[id].tsx', true],
    ['*', 'src/cart.ts', false],
    ['장바', 'src/장바구니.ts', true],
  ];
  for (const [query, path, expected] of finds)
    it(`of ${JSON.stringify(query)} ${expected ? 'finds' : 'does not find'} ${path}`, () =>
      assert.equal(matchesGlob(path, globFor(query)), expected));
});

describe('names', () => {
  it('that are or begin as what was typed come first', () =>
    assert.deepEqual(inOrderOfName(['a/subtotal.ts', 'total', 'b/total.ts', 'a/total.spec.ts'], 'total'), [
      'total',
      'b/total.ts',
      'a/total.spec.ts',
      'a/subtotal.ts',
    ]));

  it('of folders are those above the files, each once', () =>
    assert.deepEqual(foldersAmong(['src/cart/a.ts', 'src/cart/b.ts', 'src/c.ts', 'lib/x.ts'], 'c'), [
      'src/cart',
      'src',
    ]));
});
