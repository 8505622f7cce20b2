import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Acceptance } from '../../../../src/personalize/events/acceptance.ts';
import { Editor } from './ghostText.ts';

interface Fixture {
  readonly it: string;
  readonly document?: string;
  readonly steps: readonly string[];
  /** Without the `shown 1` that all begin with. */
  readonly learned: readonly string[];
}

const fixtures: readonly Fixture[] = [
  { it: 'whole, by Tab', steps: ['ghost: a + b;', 'tab'], learned: ['acceptedWhole 1 6'] },
  { it: 'whole, without the command', steps: ['ghost: a + b;', 'insert: a + b;'], learned: ['acceptedWhole 1 6'] },
  { it: 'whole, several lines', steps: ['ghost: {⏎  x();⏎}', 'tab'], learned: ['acceptedWhole 1 10'] },
  {
    it: 'whole, when the command comes before the edit',
    steps: ['ghost: a + b;', 'command', 'insert: a + b;', 'command'],
    learned: ['acceptedWhole 1 6'],
  },
  {
    it: 'whole, when the command comes and the edit never does',
    steps: ['ghost: a + b;', 'command', 'dismiss'],
    learned: ['acceptedWhole 1 6'],
  },
  {
    it: 'whole, once, when the command comes twice',
    steps: ['ghost: a + b;', 'tab', 'command', 'command'],
    learned: ['acceptedWhole 1 6'],
  },
  {
    it: 'the rest, after a part was typed',
    steps: ['ghost: compute(a)', 'type: com', 'insert: pute(a)', 'command'],
    learned: ['acceptedWhole 1 7'],
  },
  {
    it: 'the rest, when its edit replaces what was typed as well',
    steps: ['ghost: compute(a)', 'type: com', 'tab'],
    learned: ['acceptedWhole 1 7'],
  },
  {
    it: 'the rest of a word that stood there before',
    document: 'con█',
    steps: ['ghost<3>0: console.log', 'tab'],
    learned: ['acceptedWhole 1 8'],
  },
  {
    it: 'a text that replaces what stands behind the cursor',
    document: 'f(█)',
    steps: ['ghost<0>1: a, b);', 'tab'],
    learned: ['acceptedWhole 1 6'],
  },
  {
    it: 'the last character by Tab: typing, until the command says more',
    steps: ['ghost: x;', 'type: x', 'insert: ;', 'command'],
    learned: ['typedThrough 1 2', 'acceptedWhole 1 1'],
  },
  {
    it: 'an edit that the editor altered, by the command',
    steps: ['ghost: a + b;', 'insert: a+b;', 'command'],
    learned: ['rejected 1 0', 'acceptedWhole 1 6'],
  },
  {
    it: 'word by word, then the rest',
    steps: ['ghost: return total(a);', 'insert: return', 'insert:  total', 'insert: (a);'],
    learned: ['acceptedWord 1 6', 'acceptedWord 1 6', 'acceptedWhole 1 4'],
  },
  {
    it: 'a word in any script',
    steps: ['ghost: 합계 = 더하기(a)', 'insert: 합계', 'insert:  = 더', 'dismiss'],
    learned: ['acceptedWord 1 2'],
  },
  {
    it: 'line by line',
    steps: ['ghost: a();⏎b();⏎c();', 'insert: a();⏎', 'insert: b();⏎', 'dismiss'],
    learned: ['acceptedLine 1 5', 'acceptedLine 1 5'],
  },
  {
    it: 'a line, by editors that leave its end',
    steps: ['ghost: let a = 1;⏎b();', 'insert: let a = 1;', 'dismiss'],
    learned: ['acceptedLine 1 10'],
  },
  {
    it: 'the last word of a line as a word',
    steps: ['ghost: return a;⏎b();', 'insert: return', 'insert:  a;', 'dismiss'],
    learned: ['acceptedWord 1 6', 'acceptedWord 1 3'],
  },
  { it: 'nothing in half a word', steps: ['ghost: total', 'insert: to', 'dismiss'], learned: ['rejected 1 2'] },
  { it: 'typing through', steps: ['ghost: a + b;', 'type: a + b;'], learned: ['typedThrough 1 6'] },
  {
    it: 'typing through, with a slip mended',
    steps: ['ghost: total', 'type: tot', 'back: 2', 'type: otal'],
    learned: ['typedThrough 1 7'],
  },
  {
    it: 'typing through, served anew at each key',
    steps: ['ghost: a + b;', 'type: a', 'ghost:  + b;', 'type:  ', 'ghost: + b;', 'type: + b;'],
    learned: ['typedThrough 1 6'],
  },
  {
    it: 'the command for what was served anew',
    steps: ['ghost: compute(a)', 'type: com', 'ghost: pute(a)', 'tab', 'command'],
    learned: ['acceptedWhole 1 7'],
  },
  {
    it: 'what is served anew with the whole word',
    steps: ['ghost: compute(a)', 'type: com', 'ghost<3>0: compute(a)', 'tab'],
    learned: ['acceptedWhole 1 7'],
  },
  {
    it: 'a closed pair as typing',
    steps: ['ghost: f(a)', 'type: f', 'pair: ()', 'type: a', 'over: )'],
    learned: ['typedThrough 1 4'],
  },
  {
    it: 'a closed pair that is the whole rest as typing',
    steps: ['ghost: f()', 'type: f', 'pair: ()'],
    learned: ['typedThrough 1 3'],
  },
  {
    it: 'a word inside a closed pair',
    steps: ['ghost: f(alpha, beta)', 'type: f', 'pair: ()', 'insert: alpha', 'dismiss'],
    learned: ['acceptedWord 1 5'],
  },
  {
    it: 'a line end with its indentation as typing',
    steps: ['ghost: {⏎    x();', 'type: {', 'insert: ⏎    ', 'dismiss'],
    learned: ['rejected 1 6'],
  },
  { it: 'a tab key as typing', steps: ['ghost:     x();', 'insert:     ', 'dismiss'], learned: ['rejected 1 4'] },
  { it: 'another key as refusal', steps: ['ghost: total', 'type: tx'], learned: ['rejected 1 1'] },
  { it: 'nothing after a refusal', steps: ['ghost: total', 'type: xtotal'], learned: ['rejected 1 0'] },
  {
    it: 'a refusal after a word as neither',
    steps: ['ghost: a.bc(d)', 'insert: a.bc', 'type: x'],
    learned: ['acceptedWord 1 4'],
  },
  {
    it: 'deleting what stood before as refusal',
    document: 'xy█',
    steps: ['ghost: z', 'back: 1'],
    learned: ['rejected 1 0'],
  },
  {
    it: 'another text at the same place: no verdict',
    steps: ['ghost: total', 'ghost: sum', 'tab'],
    learned: ['shown 2', 'acceptedWhole 2 3'],
  },
  {
    it: 'another place as refusal',
    steps: ['ghost: total', 'type: to', 'go: 0', 'ghost: y', 'dismiss'],
    learned: ['rejected 1 2', 'shown 2', 'rejected 2 0'],
  },
  {
    it: 'edits above as none of its business',
    steps: ['ghost: total', 'above: import x;⏎', 'type: to', 'insert: tal'],
    learned: ['acceptedWhole 1 3'],
  },
  {
    it: 'an alternative that was cycled to',
    steps: ['ghost: total', 'or: sum(a)', 'insert: sum(a)', 'command'],
    learned: ['shown 2', 'acceptedWhole 2 6'],
  },
  {
    it: 'an alternative, by the command alone',
    steps: ['ghost: total', 'or: sum(a)', 'insert: sum( a )', 'command'],
    learned: ['rejected 1 0', 'shown 2', 'acceptedWhole 2 6'],
  },
  { it: 'nothing from the command for an unknown id', steps: ['ghost: a', 'command: 99'], learned: [] },
];

describe('acceptance learns', () => {
  for (const { it: name, document = 'x = █⏎', steps, learned } of fixtures) {
    it(name, () => {
      assert.deepEqual(new Editor(new Acceptance(), document).play(steps), ['shown 1', ...learned]);
    });
  }

  it('where the accepted text stands, and what to learn from it', () => {
    const editor = new Editor(new Acceptance(), 'x = █;');
    editor.play(['ghost: alpha + beta + c', 'type: alp', 'above: // n⏎', 'insert: ha', 'insert:  + beta']);
    const last = editor.events.at(-1);
    assert.ok(last !== undefined && 'stands' in last && last.stands !== undefined);
    assert.deepEqual(last.stands, { start: 12, text: 'ha + beta' });
    assert.equal(editor.text.slice(12, 21), 'ha + beta');
    assert.equal(last.completed, 'alpha + beta');
    assert.equal(last.shown.prefix, 'x = ');
  });

  it('nothing from other documents, and refusal from closing', () => {
    const acceptance = new Acceptance();
    new Editor(acceptance, '█').play(['ghost: total']);
    assert.deepEqual(acceptance.changed('file:///w/b.ts', { start: 0, deletedLength: 0, insertedText: 'x' }), []);
    assert.deepEqual(acceptance.closed('file:///w/b.ts'), []);
    assert.deepEqual(
      acceptance.closed('file:///w/a.ts').map(({ kind }) => kind),
      ['rejected'],
    );
    assert.deepEqual(acceptance.dismissed(), []);
  });

  it('exactly one verdict, and never more characters than there are, whatever happens', () => {
    const piece = fc.stringMatching(/^[a-c(). ⏎]{1,4}$/);
    const step = fc.oneof(
      piece.map((text) => `type: ${text}`),
      piece.map((text) => `insert: ${text}`),
      fc.constantFrom('pair: ()', 'back: 1', 'command', 'command', 'above: ⏎', 'dismiss', 'tab'),
      piece.map((text) => `ghost: ${text}`),
    );
    fc.assert(
      fc.property(piece, fc.array(step, { maxLength: 12 }), (ghost, steps) => {
        const editor = new Editor(new Acceptance(), 'abcabcabcabc█;;;;');
        editor.play([`ghost: ${ghost}`, ...steps]);
        const byId = Map.groupBy(editor.events, ({ shown }) => shown.id);
        for (const events of byId.values()) {
          const of = (...kinds: string[]) => events.filter(({ kind }) => kinds.includes(kind));
          assert.equal(of('shown').length, 1);
          assert.ok(of('acceptedWhole').length <= 1);
          assert.ok(of('typedThrough', 'rejected').length <= 1);
          for (const event of events)
            if ('characters' in event && event.kind !== 'rejected' && event.kind !== 'typedThrough')
              assert.ok(event.characters <= event.shown.insertText.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('typing from typing and pieces from pieces, however a text is cut', () => {
    const text = fc.stringMatching(/^[a-z]{2,5}( [a-z]{2,5}){1,4};$/);
    fc.assert(
      fc.property(text, (ghost) => {
        const typed = new Editor(new Acceptance(), '█').play([`ghost: ${ghost}`, `type: ${ghost}`]);
        assert.deepEqual(typed, ['shown 1', `typedThrough 1 ${ghost.length}`]);
        const words = ghost.match(/ ?[a-z]+;?/g) ?? [];
        const editor = new Editor(new Acceptance(), '█');
        editor.play([`ghost: ${ghost}`, ...words.map((word) => `insert: ${word}`)]);
        const kinds = editor.events.slice(1).map(({ kind }) => kind);
        assert.deepEqual(kinds, [...words.slice(1).map(() => 'acceptedWord'), 'acceptedWhole']);
        const characters = editor.events.reduce((sum, e) => sum + ('characters' in e ? e.characters : 0), 0);
        assert.equal(characters, ghost.length);
      }),
      { numRuns: 100 },
    );
  });
});
