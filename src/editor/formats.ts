/** `380 MB`, `1.2 GB`: decimal units, as download pages and VS Code's own dialogs write them. */
export function formatBytes(bytes: number): string {
  if (bytes >= 999.5e6) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 999.5e3) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.ceil(bytes / 1e3)} kB`;
}

/** `12.4 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
}

/** `4 ms` below a second, `1.2 s` from there. */
export function formatMs(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `26`, or `4.2` where the fraction matters. */
export function formatTokenRate(tokensPerSecond: number): string {
  return tokensPerSecond < 9.95 ? tokensPerSecond.toFixed(1) : String(Math.round(tokensPerSecond));
}

/** A share of a whole; a dash when there is no whole. */
export function formatShare(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((100 * part) / whole)} %` : '–';
}

/** `8,110`: groups of three, as both English and Korean write them. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/**
 * Text from outside (code, a path) as one line of a list: no control, direction or zero-width characters that would
 * make it look like something else, and no `$(icon)`.
 */
export function plainLine(text: string, maxCharacters = 200): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
  const start = firstCharacters(line, maxCharacters);
  const short = start.length < line.length ? `${start}…` : line;
  return short.replace(/\$\([\w-]+(?:~\w+)?\)/g, '\\$&');
}

/** As many characters as people count, none cut in two. */
export function firstCharacters(text: string, count: number): string {
  return Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join('');
}

/** Text from outside (a model's name, a path) that must stay text inside Markdown: no link, image, table or icon. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~&$:@/]/g, '\\$&');
}
