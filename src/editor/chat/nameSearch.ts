/** Longer queries find nothing more. */
const maxQuery = 100;

/**
 * A glob for files whose path has the query's characters in its last part, in any case: VS Code compares case on Linux.
 * A query with slashes also names the end of the folders before. Nothing in the query is a pattern of its own.
 */
export function globFor(query: string): string {
  const segments = query.slice(0, maxQuery).replaceAll('\\', '/').split('/').map(inAnyCase);
  const name = segments.pop() ?? '';
  return ['**', ...segments.map((segment, at) => (at === 0 ? `*${segment}` : segment)), `*${name}*`]
    .join('/')
    .replace(/\*{3,}/g, '**');
}

function inAnyCase(text: string): string {
  return Array.from(text, (character) => {
    const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
    if (lower !== upper && lower.length === 1 && upper.length === 1) return `[${lower}${upper}]`;
    if (/[*?{}(),]/.test(character)) return `[${character}]`;
    return /[[\]!^]/.test(character) ? '?' : character;
  }).join('');
}

/** The best first: names that begin so, then shorter paths, then by name. */
export function inOrderOfName(paths: readonly string[], query: string): readonly string[] {
  const typed = (query.split('/').at(-1) ?? '').toLowerCase();
  const rank = (path: string) => {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    return name === typed ? 0 : name.startsWith(typed) ? 1 : 2;
  };
  return paths.toSorted((a, b) => rank(a) - rank(b) || a.length - b.length || (a < b ? -1 : 1));
}

/** The folders that lie above these files and have the query in their name, each once, the best first. */
export function foldersAmong(paths: readonly string[], query: string): readonly string[] {
  const typed = query.replace(/\/$/, '').toLowerCase();
  const folders = new Set<string>();
  for (const path of paths) {
    const segments = path.split('/').slice(0, -1);
    for (let end = segments.length; end > 0; end--) folders.add(segments.slice(0, end).join('/'));
  }
  const fitting = [...folders].filter((folder) => folder.toLowerCase().includes(typed));
  return inOrderOfName(fitting, typed);
}
