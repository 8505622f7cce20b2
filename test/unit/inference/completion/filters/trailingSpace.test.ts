import { trailingSpace } from '../../../../../src/inference/completion/filters/trailingSpace.ts';
import { expectShown } from './fixture.ts';

describe('trailingSpace', () => {
  it('trims the end', () => {
    expectShown(trailingSpace, 'foo(█', 'a);  \n\n  ', 'a);');
    expectShown(trailingSpace, 'foo(█\n', ' \n', '');
  });

  it('has no carriage returns', () => {
    expectShown(trailingSpace, 'foo(█', 'a);\r\nb();\r\n', 'a);\nb();');
  });

  it('lets a closer stand on its own line below a block', () => {
    expectShown(trailingSpace, '  f(() => {█})', '\n    a();\n', '\n    a();\n  ');
    expectShown(trailingSpace, '  f(() => {█})', ' a(); ', ' a(); ');
  });

  it('keeps one space before code', () => {
    expectShown(trailingSpace, 'return █value', 'await  ', 'await ');
    expectShown(trailingSpace, 'return █ value', 'await ', 'await');
  });
});
