import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from '../install.mjs';
import { setUpHost } from '../vscodeHost/setup.mjs';
import { median } from './chat/passCost.mjs';
import { ensureLlamaCpp } from './llamaCpp.mjs';
import { ensureChattingModel } from './randomModel.mjs';
import { commit, machine, number, writeInto } from './report.mjs';
import { onTodaysNode } from './todaysNode.mjs';

/**
 * `npm run bench:chatView`: how much later and slower an answer comes in the view than the model host behind it writes it.
 * See docs/benchmarks.md.
 */
const usage = `node tools/bench/chatView.mjs [options]
  --models LIST  of 0.5b, 1.5b (default: 0.5b, separated by commas)
  --rounds N     conversations in the view, and with the model host alone before and after (default 3)
  --write        put the result into docs/benchmarks.md`;
/** Room for some hundred tokens of an answer after the prompt. */
const contextLength = 2_048;
const questionLines = 90;

const { values: given } = parseArgs({
  options: {
    models: { type: 'string', default: '0.5b' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) console.log(usage);
else await onTodaysNode(main);

async function main() {
  const { alone, inView } = await import('./chat/view.mjs');
  const { rewrites } = await import('./chat/rewrites.mjs');
  await setUpHost();
  await build();
  const [{ earlier }] = await rewrites({ count: 1, lines: questionLines });
  const question = `What does this do?\n${earlier.split('\n').slice(0, questionLines).join('\n')}`;
  const rounds = Number(given.rounds);
  const sections = [];
  for (const name of given.models.split(',')) {
    const modelPath = await ensureChattingModel(name, await ensureLlamaCpp(), contextLength);
    console.error(name);
    const before = await alone({ modelPath, question, rounds });
    const viewed = await inView({ modelPath, question, rounds });
    const after = await alone({ modelPath, question, rounds });
    sections.push(...section(name, [...before, ...after], viewed));
  }
  const command = ['npm run bench:chatView --', ...process.argv.slice(2)].join(' ').replace(/ --$/, '');
  const head = `${machine()}; ${new Date().toISOString().slice(0, 10)}; commit ${commit()}; \`${command}\`.`;
  const result = [head, ...sections].join('\n');
  console.log(result);
  if (given.write) writeInto(join(root, 'docs/benchmarks.md'), 'chatView', result);
}

function section(name, alone, viewed) {
  const kinds = { cold: 'all to be read', warm: 'answered again' };
  const [shown, host, bare] = [
    rate(viewed.map(({ view }) => view)),
    rate(viewed.map((each) => each.host)),
    rate(alone),
  ];
  return [
    '',
    `### Random weights of ${name.toUpperCase()} shape, Q4_K_M`,
    '',
    '| first text, medians | prompt | in the view | the model host, asked by the engine | the view’s own share: median, longest |',
    '|---|---|---|---|---|',
    ...Object.entries(kinds).map(([kind, what]) => {
      const all = viewed.filter((each) => each.kind === kind);
      const own = all.map(({ view, host: behind }) => view.firstMs - behind.firstMs);
      const ms = (of) => `${number(median(all.map((each) => of(each).firstMs)))} ms`;
      return `| ${what} | ${all[0].promptTokens} tokens | ${ms(({ view }) => view)} | ${ms((each) => each.host)} | ${number(median(own))} ms, ${number(Math.max(...own))} ms |`;
    }),
    '',
    '| tokens/s, medians | |',
    '|---|---|',
    `| the model host alone, VS Code not running (${alone[0].tokens} tokens a time) | ${number(bare, 2)} |`,
    `| the model host while the view shows it (${viewed[0].tokens} tokens a time) | ${number(host, 2)} (${number(host / bare, 3)}) |`,
    `| as it arrives in the view | ${number(shown, 2)} (${number(shown / bare, 3)}) |`,
  ];
}

function rate(speeds) {
  return median(speeds.map(({ tokensPerSecond }) => tokensPerSecond));
}
