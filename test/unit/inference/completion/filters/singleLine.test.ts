import { singleLine } from '../../../../../src/inference/completion/filters/singleLine.ts';
import { expectShown } from './fixture.ts';

const line = { multiline: false };

describe('singleLine', () => {
  it('ends at the first line end', () => {
    expectShown(singleLine, 'const a = █', 'b;\nconst c = d;', 'b;', line);
    expectShown(singleLine, 'const a = █', 'b;\r\nconst c = d;', 'b;', line);
  });

  it('keeps the first line of a block that the line opens', () => {
    expectShown(singleLine, 'if (a) {█', '\n  return b;\n}', '\n  return b;', line);
    expectShown(singleLine, 'def f(a):█', '\n    return a\n\n', '\n    return a', { ...line, languageId: 'python' });
  });

  it('shows nothing when the line is finished already', () => {
    expectShown(singleLine, 'foo();█', '\nbar();', '', line);
    expectShown(singleLine, 'if (a) {█ }', '\n  b();\n', '', line);
  });

  it('leaves blocks alone where one is wanted', () => {
    expectShown(singleLine, 'if (a) {█', '\n  b();\n}', '\n  b();\n}');
  });
});
