import type {
  AdapterPlace,
  ExampleView,
  PersonalOverview,
  PersonalStatus,
  TrainingEstimate,
} from '../../protocol/personalMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import type { Settings } from '../../protocol/settings.ts';
import type { ExampleFilter } from './messages.ts';

/** Everything the page is made from. */
export interface PageState {
  /** `starting`: it has not answered since it was started; `failed`: it gave no answer, `failure` says why. */
  readonly engine: 'starting' | 'answering' | 'failed';
  readonly failure?: string;
  /** As the engine says it now; absent where there is none. */
  readonly status?: PersonalStatus;
  /** The last answer, and when it came: old where `engine` is not `answering`. */
  readonly overview?: PersonalOverview;
  readonly answeredMs?: number;
  readonly facts: EditorFacts;
  /** Whom the next training is for. */
  readonly trainFor: AdapterPlace;
  /** What it would take, once somebody asked. */
  readonly estimate?: 'asked' | TrainingEstimate;
  readonly examples: ShownExamples;
}

/** What VS Code knows. */
export interface EditorFacts {
  readonly learn: Settings['learn'];
  readonly recordEvents: boolean;
  readonly folders: readonly OpenFolder[];
}

export interface OpenFolder {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

export interface ShownExamples {
  readonly filter: ExampleFilter;
  readonly list: readonly ExampleView[];
  readonly next?: number;
  readonly state: 'loading' | 'shown' | 'failed';
  /** How many there were when the first page came: more now means that there are newer ones. */
  readonly total?: number;
}

/** How the page speaks: the language, and names that only VS Code knows. */
export interface Words {
  readonly t: Translate;
  readonly languageName: (languageId: string) => string;
  /** Day and time. */
  readonly date: (ms: number) => string;
  readonly day: (ms: number) => string;
}

/** How a folder is called: as the workspace calls it, else by its last name. '' is no folder. */
export function folderName(folder: string, open: readonly OpenFolder[], t: Translate): string {
  if (folder === '') return t('Outside of any folder');
  const name = open.find(({ path }) => path === folder)?.name;
  return name ?? folder.split(/[\\/]/).findLast(Boolean) ?? folder;
}

export function placeName(place: AdapterPlace, open: readonly OpenFolder[], t: Translate): string {
  return place.kind === 'personal' ? t('everywhere') : folderName(place.folder, open, t);
}
