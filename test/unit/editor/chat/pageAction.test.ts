import assert from 'node:assert/strict';
import { isPageAction } from '../../../../src/editor/chat/pageAction.ts';

describe('isPageAction', () => {
  it('knows what the page can say', () => {
    assert.ok(isPageAction({ do: 'send', text: 'Why?' }));
    assert.ok(isPageAction({ do: 'inspect', of: null }));
    assert.ok(isPageAction({ do: 'drop', uris: ['file:///a'] }));
  });

  const strange: readonly unknown[] = [
    undefined,
    'send',
    [],
    { do: 'toString' },
    { do: 'run', command: 'workbench.action.terminal.new' },
    { do: 'send' },
    { do: 'send', text: 1 },
    { do: 'send', text: 'x', more: true },
    { do: 'solve', action: 'hearth.deleteEvents' },
    { do: 'openCitation', turn: 'a', at: -1 },
    { do: 'openCitation', turn: 'a', at: 1.5 },
    { do: 'drop', uris: ['file:///a', 1] },
    { do: 'drop', uris: Array.from({ length: 2000 }, () => 'file:///a') },
    { do: 'copy', text: 'x'.repeat(5_000_000) },
  ];
  for (const [at, message] of strange.entries())
    it(`takes nothing else (${at}: ${JSON.stringify(message)?.slice(0, 60)})`, () => assert.ok(!isPageAction(message)));
});
