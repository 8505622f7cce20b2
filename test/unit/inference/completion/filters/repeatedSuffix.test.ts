import { repeatedSuffix } from '../../../../../src/inference/completion/filters/repeatedSuffix.ts';
import { expectShown } from './fixture.ts';

describe('repeatedSuffix', () => {
  it('leaves out the rest of the line', () => {
    expectShown(repeatedSuffix, 'foo(█)', 'a, b)', 'a, b');
    expectShown(repeatedSuffix, 'foo(█);', 'a, b);', 'a, b');
    expectShown(repeatedSuffix, 'print("█")', 'hello")', 'hello');
    expectShown(repeatedSuffix, 'if (█) {', 'a > b) {', 'a > b');
  });

  it('compares without white space', () => {
    expectShown(repeatedSuffix, 'foo(█, b );', 'a,b);', 'a');
  });

  it('keeps the closers of what the completion opened', () => {
    expectShown(repeatedSuffix, 'if (█)', 'foo()', 'foo()');
    expectShown(repeatedSuffix, 'if (█)', 'foo())', 'foo()');
    expectShown(repeatedSuffix, 'x = [█"b"]', '"a", ', '"a", ');
  });

  it('shows nothing when all of it is there', () => {
    expectShown(repeatedSuffix, 'foo(█);', ');', '');
    expectShown(repeatedSuffix, 'const a█ = b + c;', ' = b + c;', '');
    expectShown(repeatedSuffix, 'con█\nconsole.log(1);\n', 'sole.log(1);', '');
    expectShown(repeatedSuffix, '  █\n  foo( 1 );\n', 'foo(1);', '');
  });

  it('ends where the lines below begin', () => {
    expectShown(repeatedSuffix, 'a();\n█\nb();\nc();\n', 'x();\nb();\nc();', 'x();');
    expectShown(repeatedSuffix, 'a();\n█\n\n  b();\n  c();\n', 'x();\n\nb();\nc();\nd();', 'x();\n');
    expectShown(repeatedSuffix, 'a();\n█\nb();\nc(1);\n', 'x();\nb();\nc(', 'x();');
    expectShown(repeatedSuffix, '{\n  █\n}\n', 'x();\n}', 'x();');
  });

  it('keeps a line that the text needs at another depth', () => {
    expectShown(repeatedSuffix, 'f {\n  if (a) {█\n}', '\n    b();\n  }', '\n    b();\n  }');
  });

  it('keeps a line that occurs below but is followed by something else', () => {
    expectShown(repeatedSuffix, '█\nb();\nc();', 'b();\nx();\ny();', 'b();\nx();\ny();');
  });

  it('knows CRLF', () => {
    expectShown(repeatedSuffix, 'foo(█)\r\nbar()\r\n', 'a)\r\nbar()\r\n', 'a');
  });
});
