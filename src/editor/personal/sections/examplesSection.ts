import type { ExampleView } from '../../../protocol/personalMessages.ts';
import type { Translate } from '../../../protocol/problems.ts';
import { formatCount, formatShare } from '../../formats.ts';
import { type Html, html } from '../../page/html.ts';
import { button, select } from '../markup.ts';
import { choiceValue } from '../messages.ts';
import { folderName, type PageState, type Words } from '../pageState.ts';
import { codeText, nameText } from '../visibleText.ts';

/** Every example, newest first, with what can be done about it. */
export function examplesSection(state: PageState, words: Words): Html {
  const { t } = words;
  const { examples, overview } = state;
  const { list, next, total } = examples;
  const newer = (overview?.counts.total ?? 0) - (total ?? overview?.counts.total ?? 0);
  return html`<h2 id="examples-title">${t('Learned from')}</h2>
<p>${t('What you accepted, and what you wrote yourself where something was offered. Read, exclude or delete any of it.')}</p>
${(overview?.counts.total !== 0 || Object.keys(examples.filter).length > 0) && filters(state, words)}
${newer > 0 && html`<p>${button(t('Show Newer Examples'), { do: 'showNewest' })}</p>`}
${list.length > 0 && html`<ul class="examples" aria-labelledby="examples-title">${list.map((each) => exampleItem(each, state, words))}</ul>`}
${list.length === 0 && html`<p class="empty">${emptyText(state, t)}</p>`}
${next !== undefined && html`<div class="actions">${button(t('Show More'), { do: 'showMore' }, { disabled: examples.state === 'loading' })}</div>`}`;
}

function emptyText({ examples: { state, filter } }: PageState, t: Translate): string {
  if (state === 'loading') return t('Looking for examples…');
  if (state === 'failed') return t('The examples could not be read.');
  return Object.keys(filter).length > 0 ? t('No example matches.') : t('There is none yet.');
}

function filters({ overview, examples: { filter }, facts }: PageState, { t, languageName }: Words): Html {
  const all = { value: choiceValue(undefined), text: t('All') };
  const languages = (overview?.counts.languages ?? []).map(({ languageId, count }) => ({
    value: choiceValue(languageId),
    text: `${nameText(languageName(languageId), 60)} (${formatCount(count)})`,
  }));
  const folders = (overview?.counts.folders ?? []).map(({ folder, count }) => ({
    value: choiceValue(folder),
    text: `${nameText(folderName(folder, facts.folders, t), 60)} (${formatCount(count)})`,
  }));
  const kinds = (['accepted', 'instead', 'typed', 'edit'] as const).map((kind) => ({
    value: choiceValue(kind),
    text: kindName(kind, t),
  }));
  const used = [
    { value: choiceValue('false'), text: t('Learned from') },
    { value: choiceValue('true'), text: t('Excluded') },
  ];
  return html`<div class="filters" role="group" aria-label="${t('Which examples are shown')}">
${select(t('Language'), [all, ...languages], choiceValue(filter.languageId), { do: 'filter', by: 'languageId' })}
${select(t('Kind'), [all, ...kinds], choiceValue(filter.kind), { do: 'filter', by: 'kind' })}
${select(t('Folder'), [all, ...folders], choiceValue(filter.folder), { do: 'filter', by: 'folder' })}
${select(t('State'), [all, ...used], choiceValue(filter.excluded === undefined ? undefined : String(filter.excluded)), { do: 'filter', by: 'excluded' })}
</div>`;
}

function exampleItem(example: ExampleView, { facts }: PageState, words: Words): Html {
  const { t, date, languageName } = words;
  const { id, kind, atMs, path, folder, languageId, text, excluded } = example;
  const of = nameText(text, 40);
  return html`<li data-key="example ${id}" class="${excluded && 'excluded'}"><details data-key="details of example ${id}">
<summary><code class="glance">${nameText(text, 80) || t('(blank)')}</code>
<span class="about"><span class="badge">${kindName(kind, t)}</span>${excluded && html`<span class="badge strong">${t('Excluded')}</span>`}<bdi>${nameText(path)}</bdi><span class="when">${date(atMs)}</span></span></summary>
<div class="details">
<pre class="code"><code><span class="around">${codeText(example.before)}</span><ins>${codeText(text)}</ins><span class="around">${codeText(example.after)}</span></code></pre>
${example.offered !== undefined && html`<h3>${kind === 'accepted' ? t('Offered, then changed by you') : t('Offered, and refused')}</h3><pre class="code"><code><del>${codeText(example.offered)}</del></code></pre>`}
<p class="hint">${[keptText(example, t), languageName(languageId), folderName(folder, facts.folders, t)]
    .filter(Boolean)
    .map((each) => nameText(each))
    .join(' · ')}</p>
<div class="actions">${excluded ? button(t('Learn From It Again'), { do: 'include', id }, { of }) : button(t('Exclude'), { do: 'exclude', id }, { of })}${button(t('Delete'), { do: 'deleteExample', id }, { of })}</div>
</div></details></li>`;
}

function keptText({ kind, kept }: ExampleView, t: Translate): string {
  if (kind === 'instead' || kind === 'typed') return '';
  return t('{0} of it was still there at the last look', formatShare(kept, 1));
}

function kindName(kind: ExampleView['kind'], t: Translate): string {
  switch (kind) {
    case 'accepted':
      return t('accepted');
    case 'instead':
      return t('written instead');
    case 'typed':
      return t('typed');
    case 'edit':
      return t('accepted edit');
  }
}
