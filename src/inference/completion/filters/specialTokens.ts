import type { PostFilter } from '../types.ts';

/**
 * Markers of the FIM and chat formats in use, in the spellings of all model families: a model that leaks one has gone
 * off the rails there. U+FFFD means bytes that were no text. F#'s `f <| x |> g` has spaces inside and is none.
 */
const marker = new RegExp(
  [
    '<[|｜][\\w▁./:-]{1,60}[|｜]>',
    '<\\[?/?(?:fim|FIM)[_-](?:prefix|middle|suffix|pad|begin|hole|end)\\]?>',
    '\\[/?(?:SUFFIX|PREFIX|MIDDLE|INST)\\]',
    '<</?SYS>>',
    '[▁ ]?<(?:PRE|MID|SUF|EOT|EOM)>',
    '</s>',
    '<(?:eos|bos|pad|unk|endoftext|eot_id|start_of_turn|end_of_turn|file_sep|file_separator|repo_name|reponame|gh_stars)>',
    '<(?:issue|jupyter|commit|code_to_intermediate)_\\w{1,30}>',
    '</?(?:tool_call|tool_response|think)>',
    '\\ufffd',
  ].join('|'),
);

/** Cuts at the first leaked marker. */
export const specialTokens: PostFilter = (text) => {
  const at = text.search(marker);
  return at === -1 ? text : text.slice(0, at);
};
