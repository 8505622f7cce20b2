import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GeneralPlace, readGeneralCode } from '../../../../src/personalize/general/generalCode.ts';
import { maskSecrets } from '../../../../src/privacy/secretText.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const shipped = join(root, 'models', 'general-code.jsonl');

/** Those whose code the benchmark of personal adapters learns from: it would prove nothing if others had learned it, too. */
const authorsOfTheBenchmark =
  /mongoose|mongodb|bson|mquery|matrix|luxon|moment|winston|execa|:got@|:ky@|sindresorhus|peewee|structlog|attrs|bottle|pendulum|poetry|falcon|plotnine|scrapy|networkx|tenacity|marshmallow|apispec|optuna|:rich@|textual/;

describe('general code', () => {
  let replay: readonly GeneralPlace[];
  let check: readonly GeneralPlace[];
  before(async () => {
    ({ replay, check } = await readGeneralCode(shipped));
  });

  it('has about 240 places for replay and 120 for the check, most in the three main languages', () => {
    assert.ok(replay.length >= 230 && replay.length <= 250, `${replay.length}`);
    assert.ok(check.length >= 115 && check.length <= 125, `${check.length}`);
    for (const set of [replay, check]) {
      const main = set.filter(({ languageId }) => /^(typescript|typescriptreact|javascript|python)$/.test(languageId));
      assert.ok(main.length > set.length * 0.6);
      assert.ok(new Set(set.map(({ languageId }) => languageId)).size >= 16);
    }
  });

  it('is small, and each place is one that a completion could have', async () => {
    assert.ok((await readFile(shipped)).length <= 400_000);
    for (const { prefix, text, suffix, source, path } of [...replay, ...check]) {
      const where = `${source} ${path}`;
      assert.ok(text.trim().length >= 3 && text.length <= 400 && text.split('\n').length <= 6, where);
      assert.ok(prefix.trim() !== '' && prefix.length <= 700 && suffix.length <= 400, where);
    }
  });

  it('checks on packages that nothing is replayed from, and no text stands in both', () => {
    const replayed = new Set(replay.map(({ source }) => source));
    const texts = new Set(replay.map(({ text }) => text));
    assert.deepEqual(
      check.filter(({ source, text }) => replayed.has(source) || texts.has(text)),
      [],
    );
  });

  it('replays what the starter learned and checks on what it did not, where its packages have the language', async () => {
    const learned = await readFile(join(root, 'models', 'starter-sources.md'), 'utf8');
    const isLearned = ({ source }: GeneralPlace) => learned.includes(`| ${source} |`);
    assert.deepEqual(check.filter(isLearned), []);
    const unknown = new Set(replay.filter((place) => !isLearned(place)).map(({ languageId }) => languageId));
    assert.deepEqual([...unknown].toSorted(), ['kotlin', 'php', 'ruby']);
  });

  it('has each package with its licence in its list', async () => {
    const card = await readFile(join(root, 'models', 'general-code.md'), 'utf8');
    const rows = new Map(
      Array.from(card.matchAll(/^\| (\S+) \| ([^|]+) \|/gm), ([, name, licence]) => [name, licence]),
    );
    for (const { source } of [...replay, ...check])
      assert.match(rows.get(source) ?? '', /MIT|BSD|Apache|ISC|BSL|Zlib|PostgreSQL/);
  });

  it('holds nothing that looks like a secret, no address, no licence header, nothing of the authors of the benchmark', () => {
    for (const { prefix, text, suffix, source } of [...replay, ...check]) {
      const whole = prefix + text + suffix;
      assert.equal(maskSecrets(whole), whole);
      assert.doesNotMatch(whole, /[\w.+-]+@[\w-]+\.\w|copyright|licen[cs]e|SPDX/i);
      assert.doesNotMatch(source, authorsOfTheBenchmark);
    }
  });

  it('is refused with the line that is wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'general-'));
    const path = join(folder, 'general.jsonl');
    const good = {
      set: 'check',
      languageId: 'go',
      path: 'a.go',
      prefix: 'a',
      text: 'b',
      suffix: 'c',
      source: 'go:a@v1',
    };
    try {
      for (const bad of [{ ...good, set: 'other' }, { ...good, text: '' }, { ...good, suffix: 1 }, null]) {
        await writeFile(path, `${JSON.stringify(good)}\n${JSON.stringify(bad)}\n`);
        await assert.rejects(readGeneralCode(path), /Line 2 of /);
      }
      await writeFile(path, `${JSON.stringify(good)}\n`);
      const { set: _, ...place } = good;
      assert.deepEqual(await readGeneralCode(path), { replay: [], check: [place] });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
