import { dedentEnd } from '../../../../../src/inference/completion/filters/dedentEnd.ts';
import { expectShown } from './fixture.ts';

describe('dedentEnd', () => {
  it('ends where the indentation falls below the line of the cursor', () => {
    expectShown(dedentEnd, 'def f():\n    █', 'a = 1\n    return a\n\ndef g():', 'a = 1\n    return a\n', {
      languageId: 'python',
    });
    expectShown(dedentEnd, '█', '    return a\n\ndef g():', '    return a\n');
    expectShown(dedentEnd, '  if (a) {█', '\n    b();\n  }\nfoo();', '\n    b();\n  }');
  });

  it('keeps lines that close something', () => {
    expectShown(dedentEnd, 'f() {\n  █', 'a();\n}', 'a();\n}');
    expectShown(dedentEnd, 'x do\n  █', 'a\nend\nb', 'a\nend', { languageId: 'ruby' });
  });

  it('leaves text that never falls below', () => {
    expectShown(dedentEnd, 'if (a) {█', '\n  b();\n}\nc();', '\n  b();\n}\nc();');
  });
});
