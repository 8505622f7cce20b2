import { specialTokens } from '../../../../../src/inference/completion/filters/specialTokens.ts';
import { expectShown } from './fixture.ts';

describe('specialTokens', () => {
  for (const marker of [
    '<|fim_middle|>',
    '<|endoftext|>',
    '<|im_start|>',
    '<|file_sep|>',
    '<fim_suffix>',
    '<fim-suffix>',
    '<[fim-suffix]>',
    '<｜fim▁begin｜>',
    '[SUFFIX]',
    '[/INST]',
    '</s>',
    '<EOT>',
    ' <MID>',
    '<end_of_turn>',
    '<tool_call>',
    '\ufffd',
  ]) {
    it(`cuts at ${marker}`, () => expectShown(specialTokens, 'foo(█)', `a, b${marker}c`, 'a, b'));
  }

  it('leaves operators and markup that only look similar', () => {
    for (const text of ['f <| x |> g', 'a[SUFFIX_LENGTH]', '<span>', 'Map<string, T>', 'x = <|> y', '<filename>']) {
      expectShown(specialTokens, '█', text, text);
    }
  });
});
