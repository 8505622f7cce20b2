import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { withChange, withChoice, withPage } from '../../../../src/editor/personal/examplePages.ts';
import { choiceOf, choiceValue } from '../../../../src/editor/personal/messages.ts';
import { isPageAction, keptFilter } from '../../../../src/editor/personal/pageAction.ts';
import { examples } from './recordedPersonal.ts';

describe('isPageAction', () => {
  it('knows what the page can say', () => {
    for (const action of [
      { do: 'ready' },
      { do: 'learn', value: 'off' },
      { do: 'scale', id: 'a', place: { kind: 'project', folder: '/x' }, value: '0.85' },
      { do: 'filter', by: 'kind', value: '=typed' },
      { do: 'deleteExample', id: 7 },
    ])
      assert.ok(isPageAction(action), JSON.stringify(action));
  });

  it('refuses everything else', () => {
    for (const action of [
      undefined,
      'ready',
      [],
      { do: 'toString' },
      { do: '__proto__' },
      { do: 'train', place: { kind: 'personal' } },
      { do: 'learn', value: 'always' },
      { do: 'learn' },
      { do: 'openSetting', setting: 'hearth.model' },
      { do: 'scale', id: 'a', place: { kind: 'project' }, value: '1' },
      { do: 'deleteExample', id: '7' },
      { do: 'deleteExample', id: 1.5 },
    ])
      assert.ok(!isPageAction(action), JSON.stringify(action));
    fc.assert(fc.property(fc.anything(), (anything) => assert.equal(isPageAction(anything), false)));
  });
});

describe('keptFilter', () => {
  it('brings back what it knows, and makes a filter of anything', () => {
    const filter = { languageId: 'go', folder: '', kind: 'edit', excluded: true } as const;
    assert.deepEqual(keptFilter({ filter, scroll: 3 }), filter);
    assert.deepEqual(keptFilter({ filter: { languageId: 1, kind: 'all', excluded: 'no', x: 1 } }), {});
    fc.assert(fc.property(fc.anything(), (anything) => void keptFilter({ filter: anything })));
  });
});

describe('choiceValue', () => {
  it('tells a thing from none, whatever it is called', () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), (thing) =>
        assert.equal(choiceOf(choiceValue(thing)), thing),
      ),
    );
  });
});

describe('the list of examples', () => {
  const [first, second] = [examples(3), examples(2, 400)];
  const start = { filter: {}, list: [], state: 'loading' } as const;

  it('grows by pages, and remembers how many there were at the first', () => {
    const one = withPage(start, { examples: first, next: 498 }, 231);
    const two = withPage(one, { examples: second }, 240);
    assert.deepEqual(
      two.list.map(({ id }) => id),
      [500, 499, 498, 400, 399],
    );
    assert.deepEqual([one.next, two.next, two.total], [498, undefined, 231]);
  });

  it('follows what was done to an example', () => {
    const shown = withPage(start, { examples: first }, 3);
    assert.equal(withChange(shown, { do: 'exclude', id: 499 }).list[1]?.excluded, true);
    assert.equal(withChange(shown, { do: 'include', id: 499 }).list[1]?.excluded, false);
    const less = withChange(shown, { do: 'deleteExample', id: 499 });
    assert.deepEqual([less.list.map(({ id }) => id), less.total], [[500, 498], 2]);
    assert.equal(withChange(shown, { do: 'deleteExample', id: 1 }).total, 3);
  });

  it('is filtered by what was chosen, each list for itself', () => {
    const go = withChoice({}, { do: 'filter', by: 'languageId', value: '=go' });
    const typed = withChoice(go, { do: 'filter', by: 'kind', value: '=typed' });
    assert.deepEqual(typed, { languageId: 'go', kind: 'typed' });
    assert.deepEqual(withChoice(typed, { do: 'filter', by: 'languageId', value: '*' }), { kind: 'typed' });
    assert.deepEqual(withChoice({}, { do: 'filter', by: 'excluded', value: '=false' }), { excluded: false });
    assert.deepEqual(withChoice({}, { do: 'filter', by: 'folder', value: '=' }), { folder: '' });
    assert.deepEqual(withChoice({}, { do: 'filter', by: 'kind', value: '=else' }), {});
  });
});
