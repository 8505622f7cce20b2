import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Nearness } from '../../../../src/codeIndex/search/nearness.ts';

const at = (path: string) => ({ folder: '/home/me/app', path });
const from = { path: '/home/me/app/src/a/open.ts', imports: ['src/b/imported.ts', '/home/me/app/lib/absolute.ts'] };

describe('Nearness: what the user is at', () => {
  const nearness = new Nearness({
    from,
    recentlyEdited: ['/home/me/app/src/c/edited.ts', '/home/me/app/src/a/both.ts'],
  });
  const cases: readonly (readonly [path: string, how: string])[] = [
    ['src/a/beside.ts', 'sameFolder'],
    ['src/a/below/deeper.ts', ''],
    ['src/b/imported.ts', 'imported'],
    ['lib/absolute.ts', 'imported'],
    ['src/c/edited.ts', 'recentlyEdited'],
    ['src/a/both.ts', 'sameFolder recentlyEdited'],
    ['src/a/open.ts', ''],
  ];
  for (const [path, how] of cases)
    it(`${path} is near by: ${how || 'nothing'}`, () => assert.equal(nearness.how(at(path)).join(' '), how));

  it('knows the open file in its own folder only', () => {
    assert.ok(nearness.isOrigin(at('src/a/open.ts')));
    assert.ok(!nearness.isOrigin({ folder: '/home/me/other', path: 'src/a/open.ts' }));
  });

  it('multiplies the factors', () => {
    const boosts = { imported: 3, sameFolder: 2, recentlyEdited: 5 };
    assert.equal(nearness.factor(at('src/a/both.ts'), boosts), 10);
    assert.equal(nearness.factor(at('src/z.ts'), boosts), 1);
  });

  it('prefers of equal files the imported one, then the nearest, then the shortest path', () => {
    assert.equal(nearness.nearest('/home/me/app', ['src/a/x.ts', 'src/b/imported.ts']), 'src/b/imported.ts');
    assert.equal(nearness.nearest('/home/me/app', ['z.ts', 'src/z/x.ts', 'src/a/x.ts']), 'src/a/x.ts');
    assert.equal(nearness.nearest('/home/me/app', ['copies/old/x.ts', 'copies/x.ts']), 'copies/x.ts');
  });

  it('takes paths of Windows', () => {
    const windows = new Nearness({ from: { path: 'C:\\app\\src\\open.ts', imports: [] } });
    assert.ok(windows.isOrigin({ folder: 'C:\\app', path: 'src/open.ts' }));
  });

  it('forgets what was edited long ago', () => {
    const recentlyEdited = Array.from({ length: 20 }, (_, rank) => `/home/me/app/${rank}.ts`);
    const recent = new Nearness({ recentlyEdited });
    assert.deepEqual(recent.how(at('0.ts')), ['recentlyEdited']);
    assert.deepEqual(recent.how(at('19.ts')), []);
  });
});
