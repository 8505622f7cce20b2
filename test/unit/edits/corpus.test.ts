import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { parseAnswer } from '../../../src/edits/answer/parseAnswer.ts';
import { confirmationsOf, type EditPlan, type Outcome } from '../../../src/edits/plan/editPlan.ts';
import { planEdits } from '../../../src/edits/plan/planEdits.ts';
import { describeRefusal } from '../../../src/edits/refusal.ts';
import { resolveTarget } from '../../../src/edits/target/resolveTarget.ts';
import { createSyntax, type Syntax } from '../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../syntax/grammarFolder.ts';
import { carriedOut } from './plan/inMemory.ts';
import { openFolder } from './target/openedFolder.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const languages: Readonly<Record<string, string>> = { ts: 'typescript', py: 'python', go: 'go', rs: 'rust' };

interface Section {
  readonly kind: string;
  readonly path: string;
  readonly text: string;
}

/** A fixture in its parts: `=== before <path>`, `=== answer`, and what is expected. */
function sectionsOf(text: string): readonly Section[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [head = '', ...lines] = section.split('\n');
      const [kind = '', path = ''] = head.split(' ');
      return { kind, path, text: lines.join('\n') };
    });
}

const filesIn = (sections: readonly Section[], kind: string) =>
  Object.fromEntries(sections.filter((each) => each.kind === kind).map(({ path, text }) => [path, text]));

describe('answers of models', () => {
  let grammars: ReturnType<typeof makeGrammarFolder>;
  let syntax: Syntax;
  before(() => {
    grammars = makeGrammarFolder();
    syntax = createSyntax({ grammarFolder: grammars.path, log: silentLogger });
  });
  after(() => {
    syntax[Symbol.dispose]();
    grammars[Symbol.dispose]();
  });

  async function plan(before: Readonly<Record<string, string>>, answer: string): Promise<EditPlan> {
    await using folder = await openFolder(before);
    const proposals = parseAnswer(answer, { files: Object.keys(before), isComplete: true });
    return await planEdits(proposals, {
      resolve: (path) => resolveTarget(path, folder.workspace),
      read: async ({ path }) => {
        const text = await readFile(path, 'utf8').catch(() => undefined);
        return text === undefined ? undefined : { text };
      },
      toolsFor: ({ inside }) => ({ syntax, languageId: languages[inside.split('.').at(-1) ?? ''] }),
    });
  }

  for (const name of readdirSync(fixtures)) {
    const sections = sectionsOf(readFileSync(join(fixtures, name), 'utf8'));
    const [before, after] = [filesIn(sections, 'before'), filesIn(sections, 'after')];
    const textOf = (kind: string) => sections.find((each) => each.kind === kind)?.text ?? '';
    it(`${name.replace('.txt', '')} ${textOf('refused') ? 'is refused' : 'is planned'}`, async () => {
      const made = await plan(before, textOf('answer'));
      if (textOf('refused')) {
        assert.equal(made.outcomes.map(shown).join('\n'), textOf('refused').trim());
        assert.equal(made.isComplete, false);
      } else {
        assert.deepEqual(made.outcomes.filter(({ state }) => state === 'refused').map(shown), []);
        assert.deepEqual(carriedOut(before, made.files), after);
      }
      const confirmations = confirmationsOf(made).map(({ inside, protection }) => `${inside}: ${protection.why}`);
      assert.equal(confirmations.join('\n'), textOf('confirm').trim());
    });
  }
});

function shown(outcome: Outcome): string {
  return outcome.state === 'refused' ? describeRefusal(outcome.refusal) : outcome.state;
}
