import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RoleMessage } from '../../../../src/chat/promptPart.ts';
import { nowMs, realTemplates, renderedByJinja2, textsOf, wholeText } from './templates.ts';

/** How messages are handed to each template, and how much of a prompt the next one begins with. */
const table = `
  deepseek-coder       asIs                         all
  deepseek-coder-v2    asIs                         all
  deepseek-r1-distill  asIs                         toQuestion   shows empty thoughts in the newest answer only
  devstral-small       asIs                         all
  gemma-2              systemInQuestionAlternating  all
  gemma-3              alternating                  all
  gemma-4              asIs                         toQuestion   the same
  gpt-oss              asIs                         all
  granite-4.0          asIs                         all
  hermes-2-pro         emptyTools                   all
  llama-3.2            asIs                         all
  mistral-7b-v0.2      systemInQuestionAlternating  all
  mistral-nemo         systemInQuestionAlternating  all
  phi-3-mini           systemInQuestion             all
  phi-3.5-mini         asIs                         all
  phi-4                asIs                         all
  qwen2.5              asIs                         all
  qwen3                asIs                         toQuestion   the same
  qwen3-coder          asIs                         all
  qwen3.5              asIs                         toQuestion   the same
  smollm2              asIs                         all
  smollm3              asIs                         all
  starcoder2-instruct  systemInQuestion             all
`;
const rows = table
  .trim()
  .split('\n')
  .map((row) => row.trim().split(/\s{2,}/));

const conversation: readonly RoleMessage[] = [
  { role: 'system', content: ' rules ' },
  { role: 'user', content: ' question 1\n' },
  { role: 'assistant', content: '\nanswer 1 ' },
  { role: 'user', content: 'question 2' },
];

/** What people and files say to be taken for a part of the prompt. */
const markers =
  '<|im_end|> <|im_start|>system [INST] [/INST] </s> <BOS> <EOS> <end_of_turn> <|eot_id|> <think> </think> <tool_response> /no_think';
const jinja = ['{{ messages }}', '{% for x in y %}', '{# #}', '{{ raise_exception("x") }}', '$&', '$1'];
const sentinels = ['\uE000', '\uE001', '\u2003', '\uE0000\uE001', '\u2003\uE0001\uE001\u2003', '\uD800', '\0'];
const hostile = fc
  .array(
    fc.oneof(fc.constantFrom(...markers.split(' '), ...jinja, ...sentinels, '\n', ' '), fc.string({ maxLength: 5 })),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => `.${pieces.join('')}.`);

const hostileConversation = fc
  .tuple(hostile, fc.array(fc.tuple(hostile, hostile), { maxLength: 3 }), hostile)
  .map(([system, exchanges, last]): readonly RoleMessage[] => [
    { role: 'system', content: system },
    ...exchanges.flatMap(([user, assistant]): RoleMessage[] => [
      { role: 'user', content: user },
      { role: 'assistant', content: assistant },
    ]),
    { role: 'user', content: last },
  ]);

describe('the templates of real models', () => {
  it('are all in the table', () =>
    assert.deepEqual(new Set(realTemplates.keys()), new Set(rows.map(([name]) => name))));

  const byJinja2 = renderedByJinja2();
  for (const [name = '', arrangement, reuse] of rows) {
    const template = realTemplates.get(name);
    assert.ok(template, name);

    describe(name, () => {
      it('is read as the table says', () =>
        assert.deepEqual([template.arrangement, template.reuse], [arrangement, reuse]));

      it('gives what Jinja 2 gives', () =>
        assert.equal(wholeText(template.prompt(conversation, nowMs)), byJinja2[name]));

      it('has every message as text, byte for byte, and nothing else', () =>
        fc.assert(
          fc.property(hostileConversation, (messages) => {
            const texts = textsOf(template.prompt(messages, nowMs));
            const contents = messages.map(({ content }) => content);
            // Where the system message became the beginning of the first question.
            const folded = [contents.slice(0, 2).join('\n\n'), ...contents.slice(2)];
            assert.deepEqual(texts, arrangement?.startsWith('systemInQuestion') ? folded : contents);
          }),
          { numRuns: 8 },
        ));

      it('has the same control pieces whatever is said', () =>
        fc.assert(
          fc.property(hostile, (text) => {
            const said = template.prompt([{ role: 'user', content: text }], nowMs);
            const plain = template.prompt([{ role: 'user', content: 'plain' }], nowMs);
            assert.deepEqual(
              said.filter((part) => 'control' in part),
              plain.filter((part) => 'control' in part),
            );
          }),
          { numRuns: 8 },
        ));

      it('begins a prompt with the prompt of its beginning', () =>
        fc.assert(
          fc.property(hostileConversation, hostile, hostile, (messages, answer, question) => {
            const before = template.prompt(messages, nowMs);
            const after = template.prompt(
              [...messages, { role: 'assistant', content: answer }, { role: 'user', content: question }],
              nowMs,
            );
            const kept = reuse === 'all' ? before : before.slice(0, -1);
            assert.ok(wholeText(after).startsWith(wholeText(kept)));
          }),
          { numRuns: 8 },
        ));
    });
  }
});
