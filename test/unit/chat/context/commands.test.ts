import assert from 'node:assert/strict';
import fc from 'fast-check';
import { builtInCommands, commandName, commandNamed, parseCommand } from '../../../../src/chat/context/commands.ts';
import { parsePromptFile } from '../../../../src/chat/context/promptFile.ts';

const parse = (text: string, path = '.hearth/prompts/change log.md') => parsePromptFile(path, text);
const file = (header: string) => `---\n${header}\n---\nDo it.\n`;

describe('parseCommand', () => {
  it('parts a command from what is said', () => {
    assert.deepEqual(parseCommand('/fix the loop\nplease \n'), { name: 'fix', rest: 'the loop\nplease' });
    assert.deepEqual(parseCommand(' /clear'), { name: 'clear', rest: '' });
  });

  for (const text of ['', 'fix', '/', '//fix', '/usr/bin is full', '/Fix it', '/9', 'do /fix'])
    it(`finds none in ${JSON.stringify(text)}`, () => assert.equal(parseCommand(text), undefined));

  it('knows the built-in commands', () => {
    for (const { name, attaches, instruction } of builtInCommands) {
      assert.match(name, commandName);
      assert.equal(commandNamed(name, [])?.source, 'builtIn');
      assert.equal(instruction === '', name === 'clear');
      assert.equal(attaches.length === 0, name === 'clear');
    }
  });
});

describe('parsePromptFile', () => {
  it('reads a command with its context', () => {
    const text =
      '---\nname: changelog\ndescription: Write  an\n  entry\ncontext: [git:staged, "@file:\\"a b.md\\"", selection]\n---\n\nWrite it.\n\n- so\n';
    assert.deepEqual(parse(text), {
      command: {
        name: 'changelog',
        source: 'workspace',
        description: 'Write an entry',
        attaches: [{ kind: 'git', what: 'staged' }, { kind: 'file', path: 'a b.md' }, { kind: 'selection' }],
        instruction: 'Write it.\n\n- so',
      },
    });
  });

  it('is called as its file without front matter', () =>
    assert.deepEqual(parse('Write it.\r\n---\r\nAll.\u200B'), {
      command: {
        name: 'change-log',
        source: 'workspace',
        description: '',
        attaches: [],
        instruction: 'Write it.\n---\nAll.',
      },
    }));

  const wrong: readonly [string, RegExp][] = [
    [file('name: Fix It'), /name: lower-case/],
    [file('name: [a]'), /name: lower-case/],
    [file('name: fix'), /\/fix exists already/],
    [file('description: 3'), /description: not a text/],
    [file('context: selection'), /context: not a list/],
    [file('context: [everything]'), /context: "everything" is not one of file:README.md, /],
    [file('context: [selection problems]'), /is not one of/],
    [file('context: [3]'), /is not one of/],
    [file('- a'), /no list of fields/],
    [file('a: {'), /Flow map/],
    [file('a: &a x\nb: *a'), /Alias/],
    ['---\nname: x\n---\n \n', /no instruction/],
    ['x'.repeat(20_001), /20000 characters/],
  ];
  for (const [text, reason] of wrong)
    it(`says what is wrong: ${reason.source}`, () => {
      const parsed = parse(text);
      assert.ok('problem' in parsed && parsed.problem.code === 'prompt.invalid');
      assert.match(parsed.problem.reason, reason);
    });

  it('takes no built-in name, also from a file', () => assert.ok('problem' in parse('Do it.', 'prompts\\FIX.md')));

  it('never throws', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (header, body) => {
        parse(`---\n${header}\n---\n${body}`);
        parse(header);
      }),
    ));
});
