/** What `WorkspaceConfiguration.inspect` tells about one setting. */
export interface Inspected<T> {
  readonly globalValue?: T;
  readonly workspaceValue?: T;
}

/** Where a change takes effect: the workspace where that already has a value, which would hide the user's. */
export function writeTarget(inspected: Inspected<unknown> | undefined): 'global' | 'workspace' {
  return inspected?.workspaceValue === undefined ? 'global' : 'workspace';
}

export interface LanguageChange {
  readonly target: 'global' | 'workspace';
  /** The whole value to write; undefined removes the setting. */
  readonly value: Record<string, boolean> | undefined;
}

/** Switches one language. Its entry goes where one lies already; `true` is the default, so it needs an entry only there. */
export function switchLanguage(
  inspected: Inspected<Readonly<Record<string, boolean>>> | undefined,
  languageId: string,
  on: boolean,
): LanguageChange {
  const inWorkspace = inspected?.workspaceValue?.[languageId] !== undefined;
  const old = (inWorkspace ? inspected.workspaceValue : inspected?.globalValue) ?? {};
  const { [languageId]: _, ...others } = old;
  // In the workspace `true` may have to outvote the user's `false`.
  const value = on && !inWorkspace ? others : { ...others, [languageId]: on };
  return {
    target: inWorkspace ? 'workspace' : 'global',
    value: Object.keys(value).length > 0 ? value : undefined,
  };
}
