import assert from 'node:assert/strict';
import { codeInfo } from '../../../../../src/editor/chat/markdown/codeInfo.ts';

describe('codeInfo', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['', '', undefined],
    ['ts', 'ts', undefined],
    ['TypeScript', 'typescript', undefined],
    ['ts src/cart.ts', 'ts', 'src/cart.ts'],
    ['ts:src/cart.ts', 'ts', 'src/cart.ts'],
    ['src/cart.py', 'py', 'src/cart.py'],
    ['js title="cart.js"', 'js', 'cart.js'],
    ['c++', 'c++', undefined],
  ];
  for (const [info, language, path] of cases)
    it(`of ${JSON.stringify(info)}`, () => assert.deepEqual(codeInfo(info), { language, ...(path && { path }) }));
});
