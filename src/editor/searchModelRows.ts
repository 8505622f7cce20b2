import type { ModelChoice } from '../protocol/messages.ts';
import type { Translate } from '../protocol/problems.ts';
import { choiceRow, type ModelRow, needsDownload } from './modelRows.ts';

export interface SearchModels {
  readonly embedders: readonly ModelChoice[];
  readonly rerankers: readonly ModelChoice[];
  /** What `hearth.embedder` says; empty means the embedded one. */
  readonly embedder: string;
}

/**
 * The models that search, as the picker shows them, in the engine's order. They are not grouped by how they run here, as
 * completion models are: that is reckoned for one completion, while an index is thousands of pieces. Labels of groups are
 * short, because VS Code takes their room from the first row below.
 */
export function searchModelRows({ embedders, rerankers, embedder }: SearchModels, t: Translate): readonly ModelRow[] {
  const embedded = embeddedChoice(t);
  return [
    { kind: 'group', label: t('Embedding model') },
    choiceRow(embedded, embedder === embedded.id, t, [t('embedded, fastest')]),
    ...group(
      t('Slower, and indexes again'),
      embedders.map((choice) => choiceRow(choice, embedder === choice.id, t, fitNotes(choice, t))),
    ),
    ...group(
      t('Rerankers'),
      rerankers.map((choice) =>
        choiceRow(choice, false, t, [
          ...fitNotes(choice, t),
          needsDownload(choice) ? t('downloading it is enough') : '',
        ]),
      ),
    ),
  ];
}

/** The static table of vectors, which is no catalogue's model. Its id is what an empty setting means. */
function embeddedChoice(t: Translate): ModelChoice {
  return {
    id: '',
    name: t('Hearth embedder'),
    licence: 'Apache-2.0',
    restricted: false,
    downloadBytes: 0,
    memoryBytes: 0,
    state: 'embedded',
    fit: 'good',
  };
}

function group(label: string, rows: readonly ModelRow[]): readonly ModelRow[] {
  return rows.length === 0 ? [] : [{ kind: 'group', label }, ...rows];
}

function fitNotes({ fit }: ModelChoice, t: Translate): readonly string[] {
  if (fit === 'tooLarge') return [t('too large for this machine')];
  return fit === 'slow' ? [t('slow on this machine')] : [];
}
