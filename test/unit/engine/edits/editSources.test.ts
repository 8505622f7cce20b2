import assert from 'node:assert/strict';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { createEditSources, folderOf, pathFor } from '../../../../src/engine/edits/editSources.ts';
import { isTarget } from '../../../../src/edits/target/target.ts';
import { createExclusion } from '../../../../src/privacy/exclusion.ts';
import { createSyntax } from '../../../../src/syntax/syntax.ts';
import { openFolder } from '../../edits/target/openedFolder.ts';

describe('where edits go when several folders are open', () => {
  it('is first the folder that is meant, then whichever has the file', async () => {
    await using one = await openFolder({ 'src/a.ts': 'a', 'only.ts': '1' });
    await using two = await openFolder({ 'src/a.ts': 'b' });
    const folders = [one.path, two.path];
    using syntax = createSyntax({ grammarFolder: '/none', log: silentLogger });
    const exclusion = createExclusion({ folders, log: silentLogger });
    const sources = createEditSources({ workspace: { folders, fileToEdit: async () => undefined }, exclusion, syntax });
    const found = async (path: string, folder?: string) => {
      const target = await sources.resolve(path, folder);
      return isTarget(target) ? target.path : target.problem.code;
    };
    assert.equal(await found('src/a.ts'), 'whichFolder');
    assert.equal(await found('src/a.ts', two.path), join(two.path, 'src/a.ts'));
    assert.equal(await found('only.ts', two.path), join(one.path, 'only.ts'));
    assert.equal(await found('new.ts', two.path), join(two.path, 'new.ts'));
    assert.equal(await found('src/a.ts', '/elsewhere'), 'whichFolder');
    assert.equal(await found('../x.ts', two.path), 'path');
  });

  it('is the innermost of folders in each other', () => {
    const folders = [join('/w'), join('/w/inner')];
    assert.equal(folderOf(join('/w/inner/a.ts'), folders), folders[1]);
    assert.equal(pathFor(join('/w/inner/x/a.ts'), folders), 'x/a.ts');
    assert.equal(pathFor(join('/other/a.ts'), folders), undefined);
  });
});
