/** ChatML, as Qwen2.5-Coder and many others read it. */
const turn = (role, text) => [{ control: `<|im_start|>${role}\n` }, { text }, { control: '<|im_end|>\n' }];
const opening = { control: '<|im_start|>assistant\n' };
const system = turn('system', 'You are a coding assistant. Answer briefly.');

/** @param {{question: string, answer?: string}[]} turns all but the last with their answers */
export function conversation(turns) {
  const told = turns.flatMap(({ question, answer }) => [
    ...turn('user', question),
    ...(answer === undefined ? [] : turn('assistant', answer)),
  ]);
  return [...system, ...told, opening];
}

export function fenced(text) {
  return `\`\`\`\n${text}\n\`\`\``;
}

/** What asks for a whole file anew. */
export function rewritePrompt({ path, earlier }, wish = 'Bring this file up to date.') {
  return conversation([
    { question: `${path}\n${fenced(earlier)}\n${wish} Answer with the whole file in a code block.` },
  ]);
}
