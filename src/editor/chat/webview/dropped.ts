/** How VS Code and systems name what is dragged, the richest first. */
const types = ['application/vnd.code.uri-list', 'resourceurls', 'text/uri-list'];

export function isDroppable(dragged: DataTransfer | null): boolean {
  return dragged !== null && types.some((type) => dragged.types.includes(type));
}

/** The files and folders that were dropped, as URIs. */
export function droppedUris(dropped: DataTransfer | null): readonly string[] {
  for (const type of types) {
    const uris = urisIn(dropped?.getData(type) ?? '');
    if (uris.length > 0) return uris;
  }
  return [];
}

/** One a line, as a URI list has them, or a list in JSON. */
function urisIn(text: string): readonly string[] {
  const isJson = text.trimStart().startsWith('[');
  const list: unknown = isJson ? parsed(text) : text.split(/\r?\n/);
  return Array.isArray(list)
    ? list.filter((each): each is string => typeof each === 'string' && /^[a-z][\w+.-]*:/i.test(each))
    : [];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
