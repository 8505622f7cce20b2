/** What stands behind a fence, for people: `ts src/cart.ts` says a language and a path. */
export interface CodeInfo {
  /** Lower case; '' where none is named. */
  readonly language: string;
  readonly path?: string;
}

export function codeInfo(info: string): CodeInfo {
  const [first = '', ...others] = info.trim().split(/[\s:,]+(?=\S)/);
  const words = [first, ...others].map((word) =>
    word.replace(/^(?:path|file|title|filename)=/, '').replace(/^["'{]+|["'}]+$/g, ''),
  );
  const path = words.find(looksLikePath);
  const language = words[0] === path ? (/\.(\w+)$/.exec(path ?? '')?.[1] ?? '') : (words[0] ?? '');
  return { language: language.toLowerCase(), ...(path !== undefined && { path }) };
}

function looksLikePath(word: string): boolean {
  return /^[^\s<>"|?*]+\.\w{1,12}$/.test(word) || /^[\w.@-]+(?:\/[\w.@-]+)+$/.test(word);
}
