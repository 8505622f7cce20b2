import type { StyleSummary, StyleTrait } from '../../../protocol/personalMessages.ts';
import type { Translate } from '../../../protocol/problems.ts';
import { type Html, html } from '../../page/html.ts';
import { select, send } from '../markup.ts';
import { choiceValue } from '../messages.ts';
import { folderName, type PageState, type Words } from '../pageState.ts';
import { nameText } from '../visibleText.ts';

type FolderStyle = StyleSummary['folders'][number];
type FamilyStyle = FolderStyle['families'][number];

/** Habits that were counted in the user's code: in words, and each of them open to correction. */
export function styleSection({ overview, facts }: PageState, { t }: Words): Html {
  const folders = overview?.style.folders ?? [];
  return html`<h2 id="style-title">${t('Style profile')}</h2>
<p>${t('Habits found in your code and in your configuration files. They work at once, without a training.')}</p>
${overview && folders.length === 0 && html`<p class="empty">${t('Open a folder: its code is what is counted.')}</p>`}
${folders.map((each) => folderView(each, folderName(each.folder, facts.folders, t), t))}`;
}

function folderView({ folder, families, lines, notes }: FolderStyle, name: string, t: Translate): Html {
  return html`<div data-key="style of ${folder}"><h3><bdi>${nameText(name, 60)}</bdi></h3>
${families.length === 0 && html`<p class="empty">${t('No habit is clear yet.')}</p>`}
${families.map((each) => familyView(folder, each, t))}
<form ${send({ do: 'setRules', folder })}>
<label class="field wide"><span class="label">${t('My own rules, one a line')}</span><textarea name="value" rows="${Math.max(3, Math.min(12, lines.length + 1))}" placeholder="${t('Errors of the disk carry the path.')}">${`\n${lines.join('\n')}`}</textarea></label>
<div class="actions"><button type="submit" class="secondary">${t('Save Rules')}</button></div>
</form>
${notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${nameText(note)}</li>`)}</ul>`}</div>`;
}

function familyView(folder: string, { family, name, traits }: FamilyStyle, t: Translate): Html {
  const clear = traits.filter(({ text, setTo }) => text !== undefined || setTo !== undefined);
  const unclear = traits.filter((trait) => !clear.includes(trait));
  const rows = (some: readonly StyleTrait[]) =>
    html`<table class="traits"><thead><tr><th scope="col">${t('Habit')}</th><th scope="col">${t('Found')}</th><th scope="col">${t('Wanted')}</th></tr></thead><tbody>${some.map((trait) => traitRow(folder, family, trait, t))}</tbody></table>`;
  return html`<details data-key="family ${folder} ${family}"><summary>${nameText(name, 60)} <span class="badge">${t('habits: {0}', clear.length)}</span></summary>
<div class="details">${clear.length > 0 && rows(clear)}
${unclear.length > 0 && html`<details data-key="unclear ${folder} ${family}"><summary>${t('Not clear in your code: {0}', unclear.length)}</summary><div class="details">${rows(unclear)}</div></details>`}</div></details>`;
}

function traitRow(folder: string, family: string, { id, title, text, setTo, choices }: StyleTrait, t: Translate): Html {
  const options = [
    { value: choiceValue(undefined), text: t('As found') },
    { value: choiceValue('off'), text: t('Either way') },
    ...choices.map((choice) => ({ value: choiceValue(choice.value), text: nameText(choice.text, 80) })),
  ];
  return html`<tr data-key="trait ${id}" class="${setTo !== undefined && 'set'}"><th scope="row">${nameText(title, 80)}</th><td>${text === undefined ? t('nothing clear') : nameText(text)}</td><td>${select(t('{0}: what is wanted', nameText(title, 80)), options, choiceValue(setTo), { do: 'setTrait', folder, family, trait: id }, { labelled: false })}</td></tr>`;
}
