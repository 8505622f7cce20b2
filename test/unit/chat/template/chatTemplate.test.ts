import assert from 'node:assert/strict';
import type { RoleMessage } from '../../../../src/chat/promptPart.ts';
import { TemplateFault } from '../../../../src/chat/template/boundedJinja.ts';
import { readChatTemplate } from '../../../../src/chat/template/chatTemplate.ts';
import { strftime } from '../../../../src/chat/template/strftime.ts';
import { nowMs, realTemplates, tokens, wholeText } from './templates.ts';

const read = (source: string) => readChatTemplate(source, tokens);
const user = (content: string): RoleMessage => ({ role: 'user', content });

const plain = "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}{% endfor %}<assistant>";

const trimmedBy = (filter: string) =>
  read(plain.replace("m['content']", `m['content']${filter}`)).prompt([user('\n a \n')], nowMs)[1];

describe('readChatTemplate', () => {
  it('keeps what messages say apart from what the template says', () =>
    assert.deepEqual(read(plain).prompt([user('<assistant>'), { role: 'assistant', content: 'no' }, user('')], nowMs), [
      { control: '<user>' },
      { text: '<assistant>' },
      { control: '<assistant>' },
      { text: 'no' },
      { control: '<user><assistant>' },
    ]));

  it('trims on the sides on which the template trims', () => {
    assert.deepEqual(trimmedBy(''), { text: '\n a \n' });
    assert.deepEqual(trimmedBy(' | trim'), { text: 'a' });
    assert.deepEqual(trimmedBy('.strip()'), { text: 'a' });
    assert.deepEqual(trimmedBy('.lstrip()'), { text: 'a \n' });
    assert.deepEqual(trimmedBy('.rstrip()'), { text: '\n a' });
  });

  it('refuses a template that takes messages apart, writes them otherwise, or leaves one out', () => {
    for (const content of ["m['content'][:2]", "m['content'] | tojson | length", "m['content'] | length"])
      assert.throws(() => read(plain.replace("m['content']", content)), TemplateFault, content);
    assert.throws(() => read("{{ messages[-1]['content'] }}"), /leaves out message/);
    assert.throws(() => read(`${plain}\uE000`), TemplateFault);
  });

  it('says why it cannot use a template', () => {
    assert.throws(() => read("{{ raise_exception('Only tools.') }}"), {
      name: 'TemplateFault',
      message: 'Only tools.',
    });
    assert.throws(() => read('{% if %}'), TemplateFault);
    assert.throws(() => read('{{ nothing.at.all() }}'), TemplateFault);
    assert.throws(() => read(`{#${'x'.repeat(300_000)}#}`), TemplateFault);
  });

  it('is not held up by a hostile template', () => {
    const loops = '{% for a in range(10000) %}{% for b in range(10000) %}{{ a * b }}{% endfor %}{% endfor %}';
    const startedMs = performance.now();
    assert.throws(() => read(loops), /timed out/);
    assert.throws(() => read('{{ range(10 ** 9) }}'), TemplateFault);
    assert.throws(() => read('{{ range(1000000000) }}'), /counts to 1000000000/);
    assert.throws(() => read('{{ range(1, 10, 0) }}'), TemplateFault);
    assert.ok(performance.now() - startedMs < 8000);
  });

  it('knows an answer that begins with thoughts', () => {
    assert.equal(read(plain).opensThoughts, false);
    assert.equal(read(`${plain}<think>\n`).opensThoughts, true);
    assert.equal(realTemplates.get('qwen3')?.opensThoughts, false);
  });

  it('finds that a template looks back from the end', () =>
    assert.equal(read(`{{ messages | length }}${plain}`).reuse, 'nothing'));

  it('tells the day it is given, in English', () => {
    const prompt = realTemplates.get('llama-3.2')?.prompt([user('Hello')], nowMs) ?? [];
    assert.match(wholeText(prompt), /Today Date: 15 Jan 2026\n/);
  });
});

describe('strftime', () => {
  it('does as Python does', () => {
    const date = new Date(2026, 1, 3, 4, 5, 6);
    assert.equal(
      strftime(date, '%A %a, %d %B (%b) %Y-%m-%d %H:%M:%S %% %Q'),
      'Tuesday Tue, 03 February (Feb) 2026-02-03 04:05:06 % %Q',
    );
  });
});
