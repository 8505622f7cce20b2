import type { AdapterPlace, ControlTraining, ExampleQuery } from '../../protocol/personalMessages.ts';
import type { Settings } from '../../protocol/settings.ts';

/** Between the "Personal style" page and the extension. The page knows nothing: it shows markup and says what was pressed. */

/** Extension -> page. */
export type ToPage =
  | {
      readonly kind: 'sections';
      /** New contents of elements, by their ids; the others stay as they are. */
      readonly sections: readonly { readonly id: string; readonly markup: string }[];
      /** What the page brings back after a reload of the window. */
      readonly keep: KeptState;
    }
  /** For screen readers. */
  | { readonly kind: 'say'; readonly text: string };

/** Which examples are shown. */
export type ExampleFilter = Pick<ExampleQuery, 'languageId' | 'folder' | 'kind' | 'excluded'>;

export interface KeptState {
  readonly filter: ExampleFilter;
}

/**
 * Page -> extension: what the user did. `value` comes from the control, everything else from the markup. A choice among
 * things and none of them travels as `choiceValue` writes it.
 */
export type PageAction =
  /** The page was loaded, and is empty. */
  | { readonly do: 'ready' }
  | { readonly do: 'askAgain' }
  | { readonly do: 'learn'; readonly value: Settings['learn'] }
  | { readonly do: 'openSetting'; readonly setting: 'hearth.recordEvents' }
  /** Whom to train for: a folder, or nobody in particular. */
  | { readonly do: 'trainFor'; readonly value: string }
  | { readonly do: 'estimate' }
  | { readonly do: 'dropEstimate' }
  | { readonly do: 'train' }
  | { readonly do: 'control'; readonly order: ControlTraining['order'] }
  | { readonly do: 'use'; readonly id: string }
  | { readonly do: 'scale'; readonly id: string; readonly place: AdapterPlace; readonly value: string }
  | { readonly do: 'stopUsing'; readonly place: AdapterPlace }
  | { readonly do: 'rollBack' }
  | { readonly do: 'rename'; readonly id: string }
  | { readonly do: 'export'; readonly id: string }
  | { readonly do: 'import' }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'filter'; readonly by: keyof ExampleFilter; readonly value: string }
  | { readonly do: 'showMore' }
  | { readonly do: 'showNewest' }
  | { readonly do: 'exclude'; readonly id: number }
  | { readonly do: 'include'; readonly id: number }
  | { readonly do: 'deleteExample'; readonly id: number }
  | { readonly do: 'learnLanguage'; readonly languageId: string; readonly value: 'on' | 'off' }
  | { readonly do: 'leaveOutPaths'; readonly value: string }
  | {
      readonly do: 'setTrait';
      readonly folder: string;
      readonly family: string;
      readonly trait: string;
      readonly value: string;
    }
  | { readonly do: 'setRules'; readonly folder: string; readonly value: string }
  | { readonly do: 'forget' };

/** A thing, or none of them, as the value of an option. */
export function choiceValue(thing: string | undefined): string {
  return thing === undefined ? '*' : `=${thing}`;
}

export function choiceOf(value: string): string | undefined {
  return value.startsWith('=') ? value.slice(1) : undefined;
}
