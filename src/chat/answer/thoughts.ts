/** What a model thought before it answered, and the answer. */
export interface SplitAnswer {
  readonly thoughts: string;
  readonly answer: string;
}

/** How models mark their thoughts: Qwen, DeepSeek, SmolLM and most others; a few; Mistral. */
const marks = [
  { open: '<think>', close: '</think>' },
  { open: '<thinking>', close: '</thinking>' },
  { open: '[THINK]', close: '[/THINK]' },
] as const;

/**
 * Parts what was generated so far. Only the answer is kept and shown to the model again, as chat templates have it.
 * `opensThoughts`: the prompt ended within thoughts (`ChatTemplate`). While text still comes, what may become a mark is
 * neither yet.
 */
export function splitThoughts(text: string, opensThoughts: boolean, isComplete: boolean): SplitAnswer {
  const start = text.trimStart();
  const begun = marks.find(({ open }) => start.startsWith(open));
  if (begun === undefined && !opensThoughts) {
    const mayBegin = !isComplete && marks.some(({ open }) => open.startsWith(start));
    return { thoughts: '', answer: mayBegin ? '' : text };
  }
  const inner = begun === undefined ? text : start.slice(begun.open.length);
  const ends = (begun === undefined ? marks : [begun]).map(({ close }) => ({ close, at: inner.indexOf(close) }));
  const [end] = ends.filter(({ at }) => at !== -1).toSorted((a, b) => a.at - b.at);
  if (end === undefined) return { thoughts: withoutPart(inner, ends), answer: '' };
  return { thoughts: inner.slice(0, end.at).trim(), answer: inner.slice(end.at + end.close.length).trimStart() };
}

/** Without the beginning of a closing mark at its end. */
function withoutPart(text: string, ends: readonly { readonly close: string }[]): string {
  const at = Math.max(text.lastIndexOf('<'), text.lastIndexOf('['));
  const isPart = at !== -1 && ends.some(({ close }) => close.startsWith(text.slice(at)));
  return (isPart ? text.slice(0, at) : text).trim();
}
