import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readTable = (path: string): Record<string, string> => JSON.parse(read(path));

const sources = [
  'src/extension.ts',
  ...typescriptIn('src/protocol'),
  ...typescriptIn('src/engine/chat'),
  ...typescriptIn('src/editor'),
  ...typescriptIn('src/personalize/style'),
];

function typescriptIn(folder: string): readonly string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

/** Calls of `t(` and `l10n.t(`; not `split(`, nor the declaration of the type. */
const translations = sources.flatMap((path) => {
  const calls = [...read(path).matchAll(/(?<![\w$])(?:l10n\.)?t\((?=\s*(.{0,20}))/g)];
  const literals = [...read(path).matchAll(/(?<![\w$])(?:l10n\.)?t\(\s*'((?:[^'\\]|\\.)*)'\s*[,)]/g)];
  return [{ path, calls: calls.map(([, call = '']) => call), keys: literals.map(([, key = '']) => key) }];
});
const keys = new Set(translations.flatMap((file) => file.keys));
const placeholders = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(([found]) => found).toSorted();
const links = (text: string) =>
  [...text.matchAll(/\((?:command|https):[^)]+\)|`[^`]+`/g)].map(([link]) => link).toSorted();

describe('texts of the code', () => {
  const korean = readTable('l10n/bundle.l10n.ko.json');

  it('are found in the sources', () => assert.ok(keys.size > 60, `${keys.size} found`));

  it('are literals, so that they can be looked up', () => {
    for (const { path, calls, keys: literals } of translations)
      assert.equal(literals.length, calls.length, `${path}: ${calls.join('\n')}`);
  });

  it('are all in Korean', () =>
    assert.deepEqual(
      [...keys].filter((key) => !korean[key]),
      [],
    ));

  it('have no Korean that nothing uses', () =>
    assert.deepEqual(
      Object.keys(korean).filter((key) => !keys.has(key)),
      [],
    ));

  it('name the same placeholders in both languages', () => {
    for (const [key, text] of Object.entries(korean)) assert.deepEqual(placeholders(text), placeholders(key), key);
  });

  it('reach the user through l10n only', () => {
    // A message, title or label with a literal of its own; names and icons are not language.
    const told =
      /(?:show(?:Error|Warning|Information)Message|setStatusBarMessage)\(\s*['"`]|(?:title|placeHolder|openLabel|detail): ['"`](?!\$\{|Hearth: \$\{)/g;
    for (const path of sources) assert.deepEqual(read(path).match(told), null, path);
  });
});

describe('texts of the manifest', () => {
  const manifest = read('package.json');
  const used = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key));
  const english = readTable('package.nls.json');
  const korean = readTable('package.nls.ko.json');

  it('exist in English, none too many', () => assert.deepEqual(Object.keys(english).toSorted(), [...used].toSorted()));

  it('exist in Korean, none too many', () => assert.deepEqual(Object.keys(korean).toSorted(), [...used].toSorted()));

  it('link the same commands and settings in both languages', () => {
    for (const key of used) assert.deepEqual(links(korean[key] ?? ''), links(english[key] ?? ''), key);
  });
});

describe('the walkthrough', () => {
  const { contributes } = JSON.parse(read('package.json'));
  const commands: string[] = contributes.commands.map((each: { command: string }) => each.command);
  const steps: { id: string; media: { markdown: string } }[] = contributes.walkthroughs[0].steps;

  it('has every page in English and in Korean, by the names VS Code looks for', () => {
    for (const { id, media } of steps) {
      assert.ok(existsSync(join(root, media.markdown)), id);
      assert.match(read(media.markdown.replace(/\.md$/, '.nls.ko.md')), /[가-힣]/, id);
    }
  });

  it('has no page that no step shows', () => {
    const pages = readdirSync(join(root, 'media/walkthrough')).filter((name) => /^[^.]+\.md$/.test(name));
    assert.deepEqual(
      pages.map((name) => `media/walkthrough/${name}`).toSorted(),
      steps.map((step) => step.media.markdown).toSorted(),
    );
  });

  it('shows pictures that exist', () => {
    for (const page of readdirSync(join(root, 'media/walkthrough')).filter((name) => name.endsWith('.md')))
      for (const [, picture = ''] of read(`media/walkthrough/${page}`).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
        assert.ok(existsSync(join(root, 'media/walkthrough', picture)), `${page}: ${picture}`);
  });

  it('leads only to commands that Hearth has', () => {
    for (const [, command = ''] of read('package.nls.json').matchAll(/command:(hearth\.\w+)/g))
      assert.ok(commands.includes(command), command);
  });
});
