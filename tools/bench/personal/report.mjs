import { commit, machine } from '../report.mjs';
import { authorTable } from './authorTable.mjs';
import { totalsTable } from './totals.mjs';

/** The whole result as Markdown. */
export function markdown(all, { command, plan }) {
  const changed = Object.entries(plan.overrides).map(([name, value]) => `${name} ${value}`);
  return [
    `${machine()}; ${new Date().toISOString().slice(0, 10)}; commit ${commit()}; \`${command}\`.`,
    ...(changed.length === 0 ? [] : ['', `Not as the product trains: ${changed.join(', ')}.`]),
    '',
    '### Adapter + retrieval against base + retrieval',
    '',
    ...totalsTable(all),
    '',
    '### Each author',
    ...all.flatMap((each) => ['', ...authorTable(each)]),
  ].join('\n');
}
