import type {
  AdapterPlace,
  AdapterSummary,
  EditStyle,
  LearningRuleSet,
  PersonalOverview,
  TrainResult,
} from '../../protocol/personalMessages.ts';
import { ownPlace } from './adapterGroups.ts';
import { choiceOf, type PageAction } from './messages.ts';
import type { PageDesk } from './pageDesk.ts';
import type { PersonalClient } from './personalClient.ts';

/** The engine as the page needs it. */
export type PersonalEngine = Omit<PersonalClient, 'onStatus' | 'onChange' | 'receive' | 'dispose'>;

/** Everything that changes what the engine keeps. */
type Change = Extract<
  PageAction,
  {
    do:
      | 'control'
      | 'use'
      | 'scale'
      | 'stopUsing'
      | 'rollBack'
      | 'rename'
      | 'remove'
      | 'learnLanguage'
      | 'leaveOutPaths'
      | 'setTrait'
      | 'setRules';
  }
>;

const changes: readonly string[] = [
  'control',
  'use',
  'scale',
  'stopUsing',
  'rollBack',
  'rename',
  'remove',
  'learnLanguage',
  'leaveOutPaths',
  'setTrait',
  'setRules',
] satisfies readonly Change['do'][];

export function isChange(action: PageAction): action is Change {
  return changes.includes(action.do);
}

/** Makes a change; what the engine refuses is told. `overview`: what the user saw. */
export async function makeChange(
  action: Change,
  overview: PersonalOverview,
  engine: PersonalEngine,
  desk: PageDesk,
): Promise<void> {
  switch (action.do) {
    case 'control':
      return await engine.control(action.order);
    case 'scale':
      return tellRefusal(
        await engine.use({ order: 'use', place: action.place, id: action.id, scale: Number(action.value) }),
        desk,
      );
    case 'stopUsing':
      return tellRefusal(await engine.use({ order: 'none', place: action.place }), desk);
    case 'rollBack':
      return tellRefusal(await engine.use({ order: 'rollBack', place: { kind: 'personal' } }), desk);
    case 'use':
    case 'rename':
    case 'remove': {
      const adapter = overview.adapters.find(({ id }) => id === action.id);
      return adapter && (await changeAdapter(action.do, adapter, engine, desk));
    }
    case 'learnLanguage':
      return await engine.setLearningRules(withLanguage(overview.rules, action.languageId, action.value === 'on'));
    case 'leaveOutPaths':
      return await engine.setLearningRules({ ...overview.rules, paths: linesOf(action.value) });
    case 'setTrait':
      return await engine.editStyle(traitEdit(action));
    case 'setRules':
      return await engine.editStyle({ order: 'lines', folder: action.folder, lines: linesOf(action.value) });
  }
}

async function changeAdapter(
  change: 'use' | 'rename' | 'remove',
  adapter: AdapterSummary,
  engine: PersonalEngine,
  desk: PageDesk,
): Promise<void> {
  const { id } = adapter;
  if (change === 'use') {
    const place: AdapterPlace | undefined = ownPlace(adapter) ?? (await desk.askPlace());
    if (place) tellRefusal(await engine.use({ order: 'use', place, id, scale: 1 }), desk);
  } else if (change === 'rename') {
    const name = await desk.askName(adapter.name);
    if (name !== undefined) tellRefusal(await engine.use({ order: 'rename', id, name }), desk);
  } else if (await desk.confirmRemoval(adapter)) {
    tellRefusal(await engine.use({ order: 'remove', id }), desk);
  }
}

function tellRefusal(result: TrainResult, desk: PageDesk): void {
  if (!result.ok) desk.tell(result.problem);
}

function withLanguage(rules: LearningRuleSet, languageId: string, isOn: boolean): LearningRuleSet {
  const others = rules.languages.filter((each) => each !== languageId);
  return { ...rules, languages: isOn ? others : [...others, languageId] };
}

function traitEdit({ folder, family, trait, value }: Extract<Change, { do: 'setTrait' }>): EditStyle {
  const chosen = choiceOf(value);
  return { order: 'trait', folder, family, trait, ...(chosen !== undefined && { value: chosen }) };
}

/** Lines that say something. Spaces at their ends are kept: `.gitignore` can mean them. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
}
