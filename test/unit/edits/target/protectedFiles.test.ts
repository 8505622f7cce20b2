import assert from 'node:assert/strict';
import { patternsIn, protectedFiles, protectionOf } from '../../../../src/edits/target/protectedFiles.ts';

describe('protected files', () => {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    editor: [
      '.vscode/settings.json',
      'packages/a/.vscode/tasks.json',
      'x.code-workspace',
      '.devcontainer/devcontainer.json',
      '.idea/workspace.xml',
    ],
    git: [
      '.git/config',
      '.git/hooks/pre-commit',
      '.git',
      'vendor/lib/.git',
      'bare.git/hooks/post-update',
      '.gitmodules',
      '.gitattributes',
      '.husky/pre-commit',
      '.pre-commit-config.yaml',
    ],
    agent: [
      'CLAUDE.md',
      'docs/AGENTS.md',
      '.cursor/mcp.json',
      '.cursorrules',
      '.claude/settings.json',
      '.mcp.json',
      '.github/copilot-instructions.md',
      '.github/prompts/x.prompt.md',
      'a.instructions.md',
    ],
    hearth: ['.hearth/rules.md', 'src/.hearthignore'],
    packages: ['package.json', 'packages/a/package.json', '.yarnrc.yml', 'setup.py', 'package-lock.json'],
    installed: ['node_modules/x/index.js', '.venv/bin/activate'],
    build: ['build.rs', '.cargo/config.toml', 'a.csproj', 'eslint.config.js'],
    pipeline: [
      '.github/workflows/ci.yml',
      'nested/repository/.github/workflows/ci.yml',
      '.gitlab-ci.yml',
      'Jenkinsfile',
    ],
    shell: ['.bashrc', 'home/.zshenv', '.profile', 'Microsoft.PowerShell_profile.ps1'],
  };
  for (const [kind, paths] of Object.entries(kinds))
    it(`are those of the kind ${kind}`, () => {
      for (const path of paths) assert.equal(protectionOf(path)?.kind, kind, path);
    });

  it('are found whatever their case and Unicode form', () => {
    for (const path of ['.VSCODE/settings.json', '.v\u017fcode/x', '.\uff47it/config', '.hus\u212ay/x', 'claude.MD'])
      assert.ok(protectionOf(path), path);
  });

  it('are none of the files that people write all day', () => {
    const free = [
      'src/hooks/useX.ts',
      'src/git/config.ts',
      'docs/vscode.md',
      'src/package.ts',
      'agents/index.ts',
      'README.md',
      'Makefile',
      '.gitignore',
      'src/rules.ts',
      'tsconfig.json',
      'Dockerfile',
      'src/build.ts',
      'a.github.ts',
    ];
    assert.deepEqual(
      free.filter((path) => protectionOf(path) !== undefined),
      [],
    );
  });

  it('have each pattern once', () => {
    const patterns = protectedFiles.flatMap((row) => patternsIn(row.patterns));
    assert.equal(new Set(patterns).size, patterns.length);
  });
});
