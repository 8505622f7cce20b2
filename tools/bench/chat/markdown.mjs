import { commit, machine, number } from '../report.mjs';

/** @param {{command: string, models: object[]}} run */
export function markdown({ command, models }) {
  return [
    `${machine()}; ${new Date().toISOString().slice(0, 10)}; commit ${commit()}; \`${command}\`.`,
    ...models.flatMap((model) => ['', ...section(model)]),
  ].join('\n');
}

function section({ name, spoken, costs, applied, copied }) {
  return [
    `### ${name}`,
    ...(spoken === undefined ? [] : ['', ...speedTable(spoken)]),
    ...(costs === undefined ? [] : ['', ...costTable(costs)]),
    ...(applied === undefined ? [] : ['', ...applyTable(applied)]),
    ...(copied === undefined ? [] : ['', ...copyTable(copied)]),
  ];
}

function speedTable(spoken) {
  return [
    '| asked through | first prompt | first text, all to be read | first text, follow-up question | tokens/s |',
    '|---|---|---|---|---|',
    ...spoken.map(
      ({ name, promptTokens, coldMs, warmMs, tokensPerSecond }) =>
        `| ${name} | ${promptTokens} tokens | ${number(coldMs)} ms | ${number(warmMs)} ms | ${number(tokensPerSecond)} |`,
    ),
  ];
}

function costTable(costs) {
  const [one] = costs;
  return [
    `| tokens in a pass | ${costs.map(({ tokens }) => tokens).join(' | ')} |`,
    `|---|${costs.map(() => '---').join('|')}|`,
    `| ms | ${costs.map(({ ms }) => number(ms)).join(' | ')} |`,
    `| against a pass of one | ${costs.map(({ ms }) => number(ms / one.ms, 2)).join(' | ')} |`,
  ];
}

function applyTable(applied) {
  return [
    '| file | lines (new) | tokens written | tried, right | without lookup | with lookup | times as fast |',
    '|---|---|---|---|---|---|---|',
    ...applied.map(
      ({ path, lines, changed, tokens, tried, taken, withoutMs, withMs }) =>
        `| ${path} | ${lines} (${number(changed * 100)} %) | ${tokens} | ${tried}, ${taken} | ` +
        `${number(withoutMs / 1000)} s | ${number(withMs / 1000)} s | ${number(withoutMs / withMs, 2)} |`,
    ),
  ];
}

function copyTable(copied) {
  return [
    '| file, repeated by the model itself | tokens written | tried, right | text without lookup | times as fast |',
    '|---|---|---|---|---|',
    ...copied.map(
      ({ path, isSame, tokens, tried, taken, withoutMs, withMs }) =>
        `| ${path} | ${tokens} | ${tried}, ${taken} | ${isSame ? 'the same' : 'another'} | ${number(withoutMs / withMs, 2)} |`,
    ),
  ];
}
