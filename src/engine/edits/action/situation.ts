import { fileOf } from '../../../base/fileOf.ts';
import type { GatheredItem } from '../../../chat/context/fitItems.ts';
import { isTarget, type Target } from '../../../edits/target/target.ts';
import type { DocumentView } from '../../../inference/completion/types.ts';
import { maskSecrets } from '../../../privacy/secretText.ts';
import { ProblemError } from '../../../protocol/problems.ts';
import type { Act } from '../../../protocol/editMessages.ts';
import type { OpenDocuments } from '../../openDocuments.ts';
import type { Workspace } from '../../workspace.ts';
import type { EditSources } from '../editSources.ts';
import type { ActionSituation } from './actionPrompt.ts';
import { type DefinitionSources, definitionsFor } from './definitions.ts';
import { type Region, regionAround } from './region.ts';
import { testFileFor } from './testFile.ts';

export interface SituationSources {
  readonly sources: EditSources;
  readonly workspace: Pick<Workspace, 'view' | 'filesIn' | 'readFile'>;
  readonly documents: Pick<OpenDocuments, 'get'>;
  readonly definitions: DefinitionSources;
  /** How the user writes code there; '' where nothing is known. */
  readonly style: (document: DocumentView) => string;
}

export interface Situation extends ActionSituation {
  readonly target: Target;
  /** Absolute path of its workspace folder. */
  readonly folder: string | undefined;
  /** The text as it is, whatever the model is shown of it. */
  readonly fullText: string;
}

/** Gathers what an action needs. `leaves`: what a model is shown leaves this machine. Rejects with a `ProblemError`. */
export async function situationOf(
  act: Act,
  parts: SituationSources,
  leaves: boolean,
  signal: AbortSignal,
): Promise<Situation> {
  const { document, target } = await documentOf(act.uri, parts);
  const shown = (text: string) => (leaves ? maskSecrets(text) : text);
  const text = shown(document.text);
  const region = await regionAround(parts.sources.syntax, document.languageId, document.text, act.range);
  const [definitions, tests] = await Promise.all([
    act.kind === 'apply' ? [] : definitionsFor(document, region, parts.definitions, signal),
    act.kind === 'tests' ? testsOf(document, parts, shown) : undefined,
  ]);
  return {
    kind: act.kind,
    path: target.inside,
    target,
    folder: document.folder,
    text,
    fullText: document.text,
    region: regionFor(act, region),
    problems: act.problems ?? [],
    said: act.instruction?.trim() ?? '',
    code: shown(act.code ?? ''),
    ...(tests && { tests }),
    definitions: definitions.map((item) => ({ ...item, text: shown(item.text) })),
    style: parts.style(document),
    isMasked: text !== document.text,
  };
}

/** What was selected is what is meant, where something was; the declaration around only a line. */
function regionFor({ range }: Act, region: Region): Region {
  return range.endLine > range.startLine ? { ...region, ...range } : region;
}

async function documentOf(
  uri: string,
  { sources, workspace, documents }: SituationSources,
): Promise<{ readonly document: DocumentView; readonly target: Target }> {
  const path = fileOf(uri) ?? uri;
  const open = uri.startsWith('file:') ? documents.get(uri) : undefined;
  const document = open && (await workspace.view(open));
  const target = document && (await sources.resolve(path));
  if (document === undefined || target === undefined || !isTarget(target) || !target.exists)
    throw new ProblemError({
      code: 'edits.noFile',
      path: target !== undefined && isTarget(target) ? target.inside : path,
    });
  return { document, target };
}

async function testsOf(
  { uri, path }: DocumentView,
  { workspace }: SituationSources,
  shown: (text: string) => string,
): Promise<ActionSituation['tests']> {
  const found = await testFileFor(path, (folder) => workspace.filesIn(uri, folder));
  if (found === undefined) return undefined;
  const from = found.exists ? found.path : found.like;
  const text = from === undefined ? undefined : await workspace.readFile(uri, from);
  const item = (label: string): GatheredItem[] =>
    from === undefined || from === path || text === undefined
      ? []
      : [{ kind: 'file', label, path: from, text: shown(text) }];
  return { path: found.path, exists: found.exists && text !== undefined, shown: item(found.path) };
}
