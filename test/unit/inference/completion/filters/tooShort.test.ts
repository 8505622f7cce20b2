import { tooShort } from '../../../../../src/inference/completion/filters/tooShort.ts';
import { expectShown } from './fixture.ts';

describe('tooShort', () => {
  it('shows no white space and no single letter', () => {
    for (const text of ['', '  ', '\n  ', 'x', ' =']) expectShown(tooShort, 'a█', text, '');
  });

  it('shows no closer that is there already', () => {
    expectShown(tooShort, 'foo(█)', ')', '');
    expectShown(tooShort, 'foo("█")', '")', '');
  });

  it('shows what ends a statement or says something', () => {
    for (const text of [')', ';', ' }', ');', 'xs']) expectShown(tooShort, 'foo(a█', text, text);
  });
});
