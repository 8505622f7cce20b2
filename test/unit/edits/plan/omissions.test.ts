import assert from 'node:assert/strict';
import { omissionIn } from '../../../../src/edits/plan/omissions.ts';

describe('omissions', () => {
  const leftOut: Readonly<Record<string, readonly string[]>> = {
    'a.ts': [
      '// ... existing code ...',
      '    // ...rest of the methods',
      '// … (the remaining handlers)',
      '/* ... other imports ... */',
      '{/* ... existing routes ... */}',
      '// Rest of the code remains unchanged',
      '// The rest of the file stays the same as before',
      '// rest of code ...',
      '// (unchanged)',
      '// unchanged',
      '// existing code here',
      '// Implementation omitted for brevity',
      '// keep the rest',
      '// ...',
      '...',
      '[rest of the file unchanged]',
      '(rest of methods ...)',
      '... other methods ...',
      '// ... 기존 코드 ...',
      '// 나머지 코드는 동일',
      '// 其余代码不变',
      '// 残りは同じ',
    ],
    'a.py': ['# ... rest of the class ...', '# remaining methods stay the same', '# ...'],
    'a.html': ['<!-- ... existing markup ... -->', '<!-- rest of the content unchanged -->'],
    'a.sql': ['-- ... other columns'],
    'a.lua': ['-- existing code'],
    'a.yml': ['# ... other jobs'],
    'README.md': ['<!-- ... rest of the file ... -->', '[... rest of the text unchanged ...]'],
  };
  for (const [path, lines] of Object.entries(leftOut))
    it(`are found in ${path}`, () => {
      for (const line of lines) assert.equal(omissionIn(path, ['x', line], []), line, line);
    });

  const code: Readonly<Record<string, readonly string[]>> = {
    'a.ts': [
      '...rest,',
      '  ...other,',
      'const { a, ...rest } = b;',
      '[...existing]',
      '(...previous)',
      '{...props}',
      '// Wait for the other tasks',
      '// Collects ...rest parameters',
      '// Loading...',
      '// Keep in step with the table below.',
      '// Same rules as in CSS.',
      '/** The rest of the path, without its root. */',
      "return '... existing code ...';",
      '// Existing users are asked again.',
    ],
    'a.py': ['    ...', 'def f(): ...', '# Others may follow.'],
    'a.yml': ['...'],
    'README.md': ['...', '# Other', '### Unchanged', '* ... and more', 'The rest stays the same.'],
  };
  for (const [path, lines] of Object.entries(code))
    it(`are not code and prose in ${path}`, () => {
      for (const line of lines) assert.equal(omissionIn(path, [line], []), undefined, line);
    });

  it('are none where the file says so itself', () => {
    assert.equal(omissionIn('a.ts', ['  // ...'], ['// ...']), undefined);
  });
});
