import type { AdapterInUse, AdapterPlace, AdapterSummary, PersonalOverview } from '../../protocol/personalMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { folderName, type OpenFolder } from './pageState.ts';

export interface AdapterGroup {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly AdapterRow[];
}

export interface AdapterRow {
  readonly adapter: AdapterSummary;
  /** Where it is used, in the order of application. */
  readonly uses: readonly AdapterInUse[];
}

/** The adapters as the page lists them: personal, per project, shared, and last those that no loaded model can use. */
export function adapterGroups(
  { adapters, inUse }: Pick<PersonalOverview, 'adapters' | 'inUse'>,
  open: readonly OpenFolder[],
  t: Translate,
): readonly AdapterGroup[] {
  const rowsOf = (chosen: readonly AdapterSummary[]) =>
    chosen.map((adapter) => ({ adapter, uses: inUse.filter(({ id }) => id === adapter.id) }));
  const fitting = adapters.filter(({ fits }) => fits);
  const projects = fitting.filter(({ kind }) => kind === 'project');
  const folders = [...new Set(projects.map(({ folder = '' }) => folder))];
  const groups: readonly AdapterGroup[] = [
    { key: 'personal', title: t('For all my code'), rows: rowsOf(fitting.filter(({ kind }) => kind === 'personal')) },
    ...folders.map((folder) => ({
      key: `project ${folder}`,
      title: t('For the folder {0}', folderName(folder, open, t)),
      rows: rowsOf(projects.filter((each) => (each.folder ?? '') === folder)),
    })),
    { key: 'shared', title: t('From others'), rows: rowsOf(fitting.filter(({ kind }) => kind === 'shared')) },
    { key: 'other', title: t('For other models'), rows: rowsOf(adapters.filter(({ fits }) => !fits)) },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

/** Where an adapter belongs; undefined: the user has to say. */
export function ownPlace({ kind, folder }: AdapterSummary): AdapterPlace | undefined {
  if (kind === 'personal') return { kind: 'personal' };
  return kind === 'project' && folder !== undefined ? { kind: 'project', folder } : undefined;
}
