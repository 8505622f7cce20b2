import { repeatedPrefix } from '../../../../../src/inference/completion/filters/repeatedPrefix.ts';
import { expectShown } from './fixture.ts';

describe('repeatedPrefix', () => {
  it('drops what says the line above again', () => {
    expectShown(repeatedPrefix, 'foo(a, b);\n█', 'foo(a, b);', '');
    expectShown(repeatedPrefix, '  foo(a, b);\n\n  █', 'foo(a,b);\n  bar();', '');
    expectShown(repeatedPrefix, 'total = first.value + second.value;\ntotal█', ' = first.value - second.value;', '');
  });

  it('drops what says several lines above again', () => {
    expectShown(repeatedPrefix, 'x.open();\nx.close();\n█', 'x.open();\nx.close();', '');
  });

  it('keeps the next row of a table', () => {
    for (const [above, text] of [
      ["import { a } from './a.ts';", "import { b } from './b.ts';"],
      ["  it('works 1', () => run(1));", "  it('works 2', () => run(2));"],
      ['this.first = first;', 'this.last = last;'],
    ]) {
      expectShown(repeatedPrefix, `${above}\n█`, text ?? '', text ?? '');
    }
  });

  it('keeps closers and lines without words', () => {
    expectShown(repeatedPrefix, '    }\n  █', '}', '}');
    expectShown(repeatedPrefix, '  </div>\n█', '</div>', '</div>', { languageId: 'html' });
    expectShown(repeatedPrefix, '  end\n█', 'end', 'end', { languageId: 'ruby' });
    expectShown(repeatedPrefix, '| - | - |\n█', '| - | - |', '| - | - |', { languageId: 'markdown' });
  });
});
