import type {
  AutomaticTraining,
  PersonalStatus,
  TrainingEstimate,
  TrainingProgress,
} from '../../../protocol/personalMessages.ts';
import { describeProblem, type Translate } from '../../../protocol/problems.ts';
import type { Settings } from '../../../protocol/settings.ts';
import { formatCount } from '../../formats.ts';
import { estimateNote, estimateRows } from '../estimateText.ts';
import { type Html, html } from '../../page/html.ts';
import { lossPlot } from '../lossPlot.ts';
import { button, facts, select } from '../markup.ts';
import { choiceValue } from '../messages.ts';
import { describeOutcome } from '../outcomeText.ts';
import type { PageState, Words } from '../pageState.ts';
import { describePersonal, isRunning, missingExamples, percentDone } from '../personalText.ts';

/** What is being learned right now, what can be done about it, and how the last time ended. */
export function trainingSection(state: PageState, { t }: Words): Html {
  const { status, facts: editor } = state;
  return html`<h2 id="training-title">${t('Training')}</h2>
${learnSwitch(state, t)}
${!editor.recordEvents && html`<p class="note">${t('Nothing new is noted, because the setting hearth.recordEvents is off.')} ${button(t('Open Setting'), { do: 'openSetting', setting: 'hearth.recordEvents' })}</p>`}
${status ? statusCard(state, status, t) : html`<div class="card"><p>${t('Waiting for the engine to say how learning is doing.')}</p></div>`}
${state.overview?.model?.problem && html`<p class="note">${describeProblem(state.overview.model.problem, t).message}</p>`}`;
}

function learnSwitch({ facts: { learn }, overview, status }: PageState, t: Translate): Html {
  const options: readonly { readonly value: Settings['learn']; readonly text: string }[] = [
    { value: 'automatic', text: t('Automatically') },
    { value: 'manual', text: t('When I say so') },
    { value: 'off', text: t('Not at all') },
  ];
  // What the next one waits for is of no interest while one runs.
  const automatic = status && isRunning(status) ? undefined : overview?.automatic;
  return html`<div class="side-by-side">${select(t('Learn my style'), options, learn, { do: 'learn' })}<p class="hint">${learnText(learn, automatic, t)}</p></div>`;
}

function learnText(learn: Settings['learn'], automatic: AutomaticTraining | undefined, t: Translate): string {
  if (learn === 'off') return t('Nothing new is noted or learned. What was learned before stays as it is.');
  if (learn === 'manual') return t('Examples are noted, and a training starts only when you press Retrain.');
  switch (automatic?.waitsFor) {
    case 'examples':
      return t('The next training starts by itself after enough new examples.');
    case 'idle':
      return t('The next training starts by itself when you take a break.');
    case 'power':
      return t('The next training starts by itself when this machine is on power.');
    case 'tomorrow':
      return t('There was a training today: the next one starts by itself tomorrow at the earliest.');
    case undefined:
      return t('A training starts by itself after enough new examples, when you take a break and are on power.');
  }
}

function statusCard(state: PageState, status: PersonalStatus, t: Translate): Html {
  const { line, pace, progress, busy } = describePersonal(status, t);
  const running = isRunning(status);
  return html`<div class="card">
<p class="state"><strong>${line}</strong>${progress && html`<span class="percent">${progress}</span>`}</p>
${running && html`<progress class="${busy ? 'busy' : 'resting'}" max="100" value="${percentDone(status)}" aria-label="${t('Training')}"></progress>`}
${pace && html`<p class="hint">${pace}</p>`}
${!running && examplesMeter(status.examples, t)}
${facts([
  [t('Usable examples'), formatCount(status.examples.usable)],
  [t('New since the last training'), formatCount(status.examples.fresh)],
  [t('Needed at least'), formatCount(status.examples.needed)],
])}
${running && status.progress && lossPlot(curvesOf(status.state, status.progress), t)}
<div class="actions">${running ? controls(status, t) : startControls(state, status, t)}</div>
${!running && state.estimate && estimateBox(state.estimate, t)}
${!running && status.outcome && outcomeBox(state, status.outcome, t)}
</div>`;
}

/** While the adapter is tested, steps are those of the test: the plot ends where the training did. */
function curvesOf(state: PersonalStatus['state'], progress: TrainingProgress): TrainingProgress {
  return state === 'proving' ? { ...progress, steps: 0 } : progress;
}

/** How far it is to the first training. */
function examplesMeter({ usable, needed }: PersonalStatus['examples'], t: Translate): Html | false {
  if (usable >= needed) return false;
  return html`<progress class="resting" max="${needed}" value="${usable}" aria-label="${t('Examples until the first training')}"></progress>`;
}

function controls({ state }: PersonalStatus, t: Translate): readonly (Html | false)[] {
  return [
    state === 'paused' && button(t('Resume'), { do: 'control', order: 'resume' }, { look: 'primary' }),
    (state === 'preparing' || state === 'training' || state === 'waiting') &&
      button(t('Pause'), { do: 'control', order: 'pause' }),
    button(t('Cancel Training'), { do: 'control', order: 'cancel' }),
  ];
}

function startControls(state: PageState, status: PersonalStatus, t: Translate): readonly (Html | false)[] {
  const { folders } = state.facts;
  const places = [
    { value: choiceValue(undefined), text: t('All my code') },
    ...folders.map(({ name, path }) => ({ value: choiceValue(path), text: t('Only the folder {0}', name) })),
  ];
  const chosen = choiceValue(state.trainFor.kind === 'project' ? state.trainFor.folder : undefined);
  const impossible = status.state === 'off' || missingExamples(status.examples) > 0 || hasNoModel(state);
  return [
    folders.length > 0 && select(t('Learn from'), places, chosen, { do: 'trainFor' }),
    button(t('Retrain…'), { do: 'estimate' }, { look: 'primary', disabled: impossible }),
  ];
}

/** Whether there is no model that can be trained here; why is told below. */
function hasNoModel({ overview }: PageState): boolean {
  return overview !== undefined && (overview.model === null || overview.model.problem !== undefined);
}

function estimateBox(estimate: 'asked' | TrainingEstimate, t: Translate): Html {
  if (estimate === 'asked') return html`<div class="box"><p>${t('Working out how long it takes…')}</p></div>`;
  if (!estimate.ok) {
    return html`<div class="box"><p>${describeProblem(estimate.problem, t).message}</p><div class="actions">${button(t('Close'), { do: 'dropEstimate' })}</div></div>`;
  }
  return html`<div class="box" role="group" aria-labelledby="estimate-title">
<h3 id="estimate-title">${t('Start a training?')}</h3>
${facts(estimateRows(estimate, t))}
<p class="hint">${estimateNote(estimate, t)}</p>
<div class="actions">${button(t('Start Training'), { do: 'train' }, { look: 'primary' })}${button(t('Not Now'), { do: 'dropEstimate' })}</div>
</div>`;
}

function outcomeBox({ overview }: PageState, outcome: NonNullable<PersonalStatus['outcome']>, t: Translate): Html {
  const id = 'adapter' in outcome ? outcome.adapter : undefined;
  const proof = overview?.adapters.find((each) => each.id === id)?.proof;
  return html`<div class="box outcome ${outcome.kind}"><h3>${t('The last training')}</h3><p>${describeOutcome(outcome, proof, t)}</p></div>`;
}
