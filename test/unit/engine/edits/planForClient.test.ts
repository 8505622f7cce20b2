import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KeptPlans } from '../../../../src/engine/edits/keptPlans.ts';
import { planForClient } from '../../../../src/engine/edits/planForClient.ts';
import { taughtEdits } from '../../../../src/engine/edits/teach.ts';
import type { PlanAnswer } from '../../../../src/protocol/editMessages.ts';
import { makeGrammarFolder } from '../../syntax/grammarFolder.ts';
import { type EditedFolder, editFolder } from './editedFolder.ts';

describe('what an answer would change', () => {
  let grammars: ReturnType<typeof makeGrammarFolder>;
  let opened: EditedFolder;
  before(async () => {
    grammars = makeGrammarFolder();
    opened = await editFolder(
      { 'src/a.ts': 'function f() {\n  return 1;\n}\n\nfunction g() {}\n', 'src/empty.ts': '\n' },
      grammars.path,
    );
  });
  after(async () => {
    await opened[Symbol.asyncDispose]();
    grammars[Symbol.dispose]();
  });
  const uri = (path: string) => pathToFileURL(join(opened.folder.path, path)).href;
  const plan = (asked: PlanAnswer) => planForClient(asked, opened.sources, new KeptPlans());
  const code = (text: string, more: Partial<PlanAnswer> = {}) => plan({ kind: 'code', text, ...more });

  it('is shown with both texts and its hunks', async () => {
    const text = 'src/a.ts\n<<<<<<< SEARCH\n  return 1;\n=======\n  return 2;\n>>>>>>> REPLACE';
    const { files, refused } = await plan({ kind: 'answer', text });
    assert.deepEqual(refused, []);
    assert.equal(files.length, 1);
    const [file] = files;
    assert.deepEqual([file?.kind, file?.path, file?.uri], ['change', 'src/a.ts', uri('src/a.ts')]);
    assert.equal(file?.after, file?.before?.replace('1', '2'));
    assert.deepEqual(file?.hunks, [{ line: 1, removed: '  return 1;\n', added: '  return 2;\n' }]);
    assert.equal(file?.breaks, undefined);
  });

  it('is told when a file could not be parsed any more', async () => {
    const text = 'src/a.ts\n<<<<<<< SEARCH\n  return 1;\n=======\n  return (1;\n>>>>>>> REPLACE';
    const { files } = await plan({ kind: 'answer', text });
    assert.equal(files[0]?.breaks, true);
  });

  it('is where a code block says it is, and else in the file in front', async () => {
    const whole = await code('export const b = 1;\n', { info: 'ts src/b.ts', target: { uri: uri('src/a.ts') } });
    assert.deepEqual(
      whole.files.map(({ kind, path }) => [kind, path]),
      [['create', 'src/b.ts']],
    );
    const snippet = await code('function f() {\n  return 3;\n}\n', { info: 'ts', target: { uri: uri('src/a.ts') } });
    assert.deepEqual(
      snippet.files.map(({ hunks }) => hunks),
      [[{ line: 1, removed: '  return 1;\n', added: '  return 3;\n' }]],
    );
    const filled = await code('export const e = 1;\n', { target: { uri: uri('src/empty.ts') } });
    assert.equal(filled.files[0]?.after?.trim(), 'export const e = 1;');
  });

  it('needs a model where code says no place, or leaves code out', async () => {
    const target = { uri: uri('src/a.ts') };
    assert.deepEqual((await code('const x = g() + 1;\nconsole.log(x);\n', { target })).needsModel, target);
    const lazy = 'function f() {\n  return 2;\n}\n// ... existing code ...\n';
    assert.deepEqual((await code(lazy, { info: 'ts src/a.ts' })).needsModel, target);
    assert.equal((await code('echo hi\n', { info: 'sh' })).needsModel, undefined);
    const outside = await code('x\n', { info: 'ts ../../x.ts', target });
    assert.deepEqual([outside.needsModel, outside.files, outside.refused.length], [undefined, [], 1]);
  });

  it('teaches each hunk where it stands in the end', async () => {
    const text = [
      'src/a.ts',
      '<<<<<<< SEARCH',
      '  return 1;',
      '=======',
      '  const one = 1;',
      '  return one;',
      '>>>>>>> REPLACE',
      '<<<<<<< SEARCH',
      'function g() {}',
      '=======',
      'function g() { return f(); }',
      '>>>>>>> REPLACE',
    ].join('\n');
    const plans = new KeptPlans();
    const { id, files } = await planForClient({ kind: 'answer', text }, opened.sources, plans);
    const [file] = plans.get(id)?.plan.files ?? [];
    assert.ok(file);
    const taught = taughtEdits(file, 'm', [opened.folder.path]);
    assert.deepEqual(
      taught.map((edit) => edit.text),
      ['  const one = 1;\n  return one;\n', 'function g() { return f(); }\n'],
    );
    for (const { prefix, text: put, suffix, path, languageId, folder } of taught) {
      assert.equal(prefix + put + suffix, files[0]?.after);
      assert.deepEqual([path, languageId, folder], ['src/a.ts', 'typescript', opened.folder.path]);
    }
  });
});
