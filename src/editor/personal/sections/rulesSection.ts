import { formatCount } from '../../formats.ts';
import { flag, type Html, html } from '../../page/html.ts';
import { send } from '../markup.ts';
import type { PageState, Words } from '../pageState.ts';
import { nameText } from '../visibleText.ts';

/** What is not learned from: languages, and paths. */
export function rulesSection({ overview }: PageState, { t, languageName }: Words): Html {
  if (!overview) return html``;
  const { counts, rules } = overview;
  const seen = new Map(counts.languages.map(({ languageId, count, isOn }) => [languageId, { count, isOn }]));
  for (const languageId of rules.languages) if (!seen.has(languageId)) seen.set(languageId, { count: 0, isOn: false });
  return html`<h3>${t('Where nothing is learned')}</h3>
${
  seen.size > 0 &&
  html`<fieldset><legend>${t('Languages to learn from')}</legend><div class="switches">${[...seen].map(
    ([languageId, { count, isOn }]) =>
      html`<label data-key="language ${languageId}"><input type="checkbox"${flag('checked', isOn)} ${send({ do: 'learnLanguage', languageId })}> ${nameText(languageName(languageId), 60)} <span class="hint">${formatCount(count)}</span></label>`,
  )}</div></fieldset>`
}
<form ${send({ do: 'leaveOutPaths' })}>
<label class="field wide"><span class="label">${t('Paths to leave out, one a line, as in .gitignore')}</span><textarea name="value" rows="${Math.max(3, Math.min(12, rules.paths.length + 1))}" spellcheck="false" placeholder="vendor/&#10;*.generated.ts">${`\n${rules.paths.join('\n')}`}</textarea></label>
<div class="actions"><button type="submit" class="secondary">${t('Save Paths')}</button></div>
</form>`;
}
