import { repeatedLines } from '../../../../../src/inference/completion/filters/repeatedLines.ts';
import { expectShown } from './fixture.ts';

describe('repeatedLines', () => {
  it('keeps one of a line that comes again', () => {
    expectShown(repeatedLines, '█', 'foo();\nfoo();', 'foo();');
    expectShown(repeatedLines, '█', 'start();\nfoo();\nfoo();\nfoo();\nfo', 'start();\nfoo();');
  });

  it('keeps one of a cycle of lines', () => {
    expectShown(
      repeatedLines,
      '█',
      'a:\n  one();\nb:\n  two();\na:\n  one();\nb:\n  two();',
      'a:\n  one();\nb:\n  two();',
    );
    expectShown(repeatedLines, '█', 'one\n\ntwo\n\none\n\ntwo\n\none', 'one\n\ntwo');
  });

  it('keeps one of a piece that comes three times at the end of a line', () => {
    expectShown(repeatedLines, 'f(█)', 'name, name, name, name, ', 'name, ');
    expectShown(repeatedLines, 'x = █', 'a and b and b and b and b', 'a and b');
  });

  it('leaves what is no loop', () => {
    for (const text of [
      'foo();\nfoo();\nbar();',
      'f(null, null, null)',
      'x = [0, 0, 0, 0, 0, 0]',
      '// ==========================',
      '  }\n}\n}',
      'a = 1;\nb = 2;\na = 3;\nb = 4;',
    ]) {
      expectShown(repeatedLines, '█', text, text);
    }
  });
});
