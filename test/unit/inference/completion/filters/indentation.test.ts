import { indentation } from '../../../../../src/inference/completion/filters/indentation.ts';
import { expectShown } from './fixture.ts';

const tabs = { indent: { insertSpaces: false, size: 4 } };
const four = { indent: { insertSpaces: true, size: 4 } };

describe('indentation', () => {
  it('turns tabs into spaces', () => {
    expectShown(indentation, '  if (a) {█', '\n\t\tb();\n\t}', '\n    b();\n  }');
  });

  it('turns spaces into tabs, whatever their number', () => {
    expectShown(indentation, '\tif (a) {█', '\n        b();\n    }', '\n\t\tb();\n\t}', tabs);
    expectShown(indentation, 'if (a) {█', '\n  if (b) {\n    c();\n  }\n}', '\n\tif (b) {\n\t\tc();\n\t}\n}', tabs);
  });

  it('turns steps of one size into steps of another', () => {
    expectShown(indentation, '    if (a) {█', '\n      b {\n        c();\n', '\n        b {\n            c();\n', four);
    expectShown(indentation, 'def f(a):█', '\n    return a', '\n  return a', { languageId: 'python' });
  });

  it('keeps alignment that is no level', () => {
    expectShown(indentation, '█', 'foo(a,\n    b);', 'foo(a,\n    b);');
  });

  it('does not indent twice', () => {
    expectShown(indentation, '    █', '    return a;', 'return a;');
    expectShown(indentation, 'return █', ' a;', 'a;');
    expectShown(indentation, 'return█', ' a;', ' a;');
    expectShown(indentation, '{\n█', '    return a;', '\treturn a;', tabs);
  });
});
