import type { AdapterInUse, AdapterSummary, PersonalOverview } from '../../../protocol/personalMessages.ts';
import type { Translate } from '../../../protocol/problems.ts';
import { formatBytes, formatCount } from '../../formats.ts';
import { type AdapterGroup, type AdapterRow, adapterGroups } from '../adapterGroups.ts';
import { type Html, html } from '../../page/html.ts';
import { button, hiddenText, send } from '../markup.ts';
import { type PageState, placeName, type Words } from '../pageState.ts';
import { proofDetails, proofInShort } from '../proofView.ts';
import { nameText } from '../visibleText.ts';

const columns: readonly ((t: Translate) => string)[] = [
  (t) => t('Name'),
  (t) => t('Base model'),
  (t) => t('Made'),
  (t) => t('Examples'),
  (t) => t('Size'),
  (t) => t('Proof'),
  (t) => t('In use'),
];
/** More would drown the model. */
const maxScale = 1.5;

/** What was made of the examples: which adapters there are, which are used, and how they did. */
export function adaptersSection(state: PageState, words: Words): Html {
  const { overview } = state;
  const { t } = words;
  return html`<h2 id="adapters-title">${t('Adapters')}</h2>
<p>${t('An adapter is a small file that is put on top of the model and holds what was learned. Changes here apply to the next completion.')}</p>
${overview && stack(overview, state, t)}
<div class="actions">${overview?.canRollBack && button(t('Roll Back'), { do: 'rollBack' })}${button(t('Import…'), { do: 'import' })}</div>
${overview && (overview.adapters.length === 0 ? html`<p class="empty">${t('There is none yet.')}</p>` : table(overview, state, words))}`;
}

/** `Starter + team, strength 1.00 + mine, strength 0.85`. */
function stack({ model, inUse, adapters }: PersonalOverview, { facts }: PageState, t: Translate): Html {
  if (!model) return html`<p class="hint">${t('No model is loaded.')}</p>`;
  const nameOf = (id: string) => nameText(adapters.find((each) => each.id === id)?.name ?? id, 60);
  return html`<ol class="stack" aria-label="${t('In use, in the order of application')}"><li><bdi>${nameText(model.name, 60)}</bdi></li>${inUse.map(
    ({ id, scale, place }) =>
      html`<li><bdi>${nameOf(id)}</bdi> <span class="hint">× ${scale.toFixed(2)}, ${placeName(place, facts.folders, t)}</span></li>`,
  )}${inUse.length === 0 && html`<li class="hint">${t('no adapter')}</li>`}</ol>`;
}

function table(overview: PersonalOverview, state: PageState, words: Words): Html {
  const { t } = words;
  return html`<table class="adapters" role="table" aria-labelledby="adapters-title">
<thead role="rowgroup"><tr role="row">${columns.map((name) => html`<th role="columnheader" scope="col">${name(t)}</th>`)}</tr></thead>
${adapterGroups(overview, state.facts.folders, t).map((group) => groupRows(group, overview, state, words))}
</table>`;
}

function groupRows(group: AdapterGroup, overview: PersonalOverview, state: PageState, words: Words): Html {
  return html`<tbody role="rowgroup" data-key="group ${group.key}">
<tr role="row"><th role="rowheader" scope="rowgroup" colspan="${columns.length}" class="group">${group.title}</th></tr>
${group.rows.map((row) => adapterRows(row, overview, state, words))}
</tbody>`;
}

function adapterRows({ adapter, uses }: AdapterRow, overview: PersonalOverview, state: PageState, words: Words): Html {
  const { t, day } = words;
  const name = nameText(adapter.name, 60);
  const trainedOn = adapter.origin === 'imported' && adapter.examples === 0 ? '–' : formatCount(adapter.examples);
  const values: readonly (string | Html)[] = [
    html`<bdi>${nameText(adapter.baseName, 60)}</bdi>`,
    day(adapter.createdMs),
    trainedOn,
    formatBytes(adapter.bytes),
    // In a narrow column no line begins with a percent sign.
    proofInShort(adapter, t).replaceAll(' %', '\u00a0%'),
    useCell({ adapter, uses }, overview, state, t),
  ];
  const look = [uses.length > 0 && 'in-use', !adapter.fits && 'unfit'].filter(Boolean).join(' ');
  return html`<tr role="row" data-key="adapter ${adapter.id}" class="${look}">
<th role="rowheader" scope="row"><bdi class="name">${name}</bdi>${adapter.origin === 'imported' && html` <span class="badge">${t('imported')}</span>`}</th>
${values.map((value, at) => cell(columns[at + 1]?.(t) ?? '', value))}
</tr>
<tr role="row" data-key="more of ${adapter.id}" class="more"><td role="cell" colspan="${columns.length}"><details data-key="details of ${adapter.id}"><summary>${t('Details')}${hiddenText(name)}</summary>
<div class="details">${proofDetails(adapter, words)}
<div class="actions">${adapterButtons(adapter, name, t)}</div></div></details></td></tr>`;
}

/** `head`: what a wide table says above the column. */
function cell(head: string, value: string | Html): Html {
  return html`<td role="cell"><span class="cell-head" aria-hidden="true">${head}</span><div>${value}</div></td>`;
}

function useCell({ adapter, uses }: AdapterRow, { model }: PersonalOverview, { facts }: PageState, t: Translate): Html {
  const name = nameText(adapter.name, 60);
  if (!adapter.fits) {
    const reason = model
      ? t('Made for {0}: it cannot be used with {1}.', nameText(adapter.baseName, 60), nameText(model.name, 60))
      : t('Made for {0}, which is not loaded.', nameText(adapter.baseName, 60));
    return html`<span class="hint">${reason}</span>`;
  }
  if (uses.length === 0) return button(t('Use'), { do: 'use', id: adapter.id }, { of: name });
  return html`${uses.map((use) => strength(use, adapter, placeName(use.place, facts.folders, t), t))}`;
}

/** Slider and way out for one place of use. */
function strength({ id, place, scale }: AdapterInUse, adapter: AdapterSummary, where: string, t: Translate): Html {
  const label = t('Strength of {0}, {1}', nameText(adapter.name, 60), where);
  return html`<div class="strength" data-key="use ${id} ${place.kind === 'project' && place.folder}"><span class="where">${where}</span>
<span class="slider"><input type="range" min="0" max="${maxScale}" step="0.05" value="${scale.toFixed(2)}" aria-label="${label}" ${send({ do: 'scale', id, place })}><output>${scale.toFixed(2)}</output></span>
${button(t('Stop Using'), { do: 'stopUsing', place }, { of: `${nameText(adapter.name, 60)}, ${where}` })}</div>`;
}

function adapterButtons({ id }: AdapterSummary, name: string, t: Translate): readonly Html[] {
  return [
    button(t('Rename…'), { do: 'rename', id }, { of: name }),
    button(t('Export…'), { do: 'export', id }, { of: name }),
    button(t('Remove…'), { do: 'remove', id }, { of: name }),
  ];
}
