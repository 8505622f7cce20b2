import ignore from 'ignore';
import type { ProtectedKind } from '../../protocol/editMessages.ts';
import { folded } from './pathRules.ts';

interface ProtectedFiles {
  readonly kind: ProtectedKind;
  /** Ends "A person has to confirm it: …". */
  readonly why: string;
  /** In gitignore syntax, parted by white space. On every level of a workspace folder; case does not matter. */
  readonly patterns: string;
}

/**
 * Files that something runs or obeys without being asked again: by opening the folder, by a Git command, by installing,
 * by an agent that reads its orders there. A change of one needs a person's yes, each by itself, whoever wrote it.
 *
 * `package.json` is here as a whole, not only for its scripts: a dependency runs scripts when it is installed. VS Code
 * asks for it as well (`chat.tools.edits.autoApprove`). Not here: files that run only when somebody calls them, such as
 * a Makefile or a test.
 */
export const protectedFiles: readonly ProtectedFiles[] = [
  {
    kind: 'editor',
    why: 'an editor runs or obeys it when the folder is opened',
    patterns: `
      .vscode/ .vscode-*/ *.code-workspace *.code-profile .devcontainer/ .devcontainer.json .idea/ *.iml .vs/
      .fleet/ .zed/ .nova/ *.sublime-project .dir-locals.el .nvim.lua .vimrc .exrc .nvimrc .lvimrc .theia/
      .gitpod.yml .gitpod.Dockerfile
    `,
  },
  {
    kind: 'git',
    why: 'Git runs or obeys it',
    patterns: `
      .git *.git/ .gitmodules .gitattributes .gitconfig .githooks/ git-hooks/ .hg/ .svn/ .husky/ .lefthook/
      lefthook*.yml lefthook*.yaml .pre-commit-config.yaml .overcommit.yml .lintstagedrc* lint-staged.config.*
      .simple-git-hooks.*
    `,
  },
  {
    kind: 'agent',
    why: 'it tells coding agents what to do or which tools to start',
    patterns: `
      CLAUDE.md CLAUDE.local.md AGENTS.md AGENTS.override.md AGENT.md GEMINI.md SKILL.md .claude/ .claude.json
      .agents/ .agent/ .codex/ .gemini/ .cursor/ .cursorrules .windsurf/ .windsurfrules .cline/ .clinerules .roo/
      .roorules* .roomodes .kilocode/ .continue/ .continuerules .continuerc.json .aider* .amazonq/ .kiro/ .junie/
      .augment/ .opencode/ opencode.json opencode.jsonc .goosehints .goose/ .trae/ .qwen/ .rules .mcp.json
      mcp.json .mcp/ mcp_config.json claude_desktop_config.json .copilot/ .github/copilot-instructions.md
      .github/instructions/ .github/prompts/ .github/chatmodes/ .github/agents/ .github/hooks/ .github/skills/
      .github/copilot/ .github/mcp.json *.instructions.md *.prompt.md *.chatmode.md *.agent.md
    `,
  },
  { kind: 'hearth', why: 'it says what Hearth may read and do', patterns: `.hearth/ .hearthignore` },
  {
    kind: 'packages',
    why: 'a package manager runs or fetches what it names',
    patterns: `
      package.json .yarn/ .yarnrc* .pnpmfile.* pnpm-workspace.yaml bunfig.toml .npmrc deno.json deno.jsonc
      composer.json setup.py pyproject.toml Gemfile *.gemspec Podfile pip.conf *.pth sitecustomize.py
      usercustomize.py requirements*.txt Pipfile *-lock.json *-lock.yaml *.lock *.lockb go.sum npm-shrinkwrap.json
    `,
  },
  {
    kind: 'installed',
    why: 'it is installed code, which runs and which no review shows',
    patterns: `node_modules/ .venv/ venv/ site-packages/ bower_components/ .pnp.* .tox/`,
  },
  {
    kind: 'build',
    why: 'build tools and language servers run it, often as soon as the folder is opened',
    patterns: `
      build.rs .cargo/ rust-toolchain rust-toolchain.toml *.gradle *.gradle.kts gradle/wrapper/ gradlew
      gradlew.bat mvnw mvnw.cmd .mvn/ *.csproj *.fsproj *.vbproj *.vcxproj *.proj *.props *.targets *.sln
      web.config server.xml omnisharp.json .clangd .ccls .bazelrc .eslintrc* eslint.config.* .prettierrc*
      prettier.config.* .stylelintrc* stylelint.config.* .mise.toml mise.toml .tool-versions .nvmrc
      .python-version .ruby-version flake.nix shell.nix
    `,
  },
  {
    kind: 'pipeline',
    why: 'it runs on build machines, with their keys',
    patterns: `
      .github/workflows/ .github/actions/ .github/dependabot.yml CODEOWNERS action.yml action.yaml .gitlab-ci.yml
      .gitlab/ .circleci/ .buildkite/ .teamcity/ .tekton/ .woodpecker* .drone.yml Jenkinsfile*
      azure-pipelines*.yml .azure-pipelines/ bitbucket-pipelines.yml .travis.yml appveyor.yml .appveyor.yml
      .cirrus.yml cloudbuild.yaml buildspec.yml .semaphore/ .ci/
    `,
  },
  {
    kind: 'shell',
    why: 'a shell or the system runs it at its next start',
    patterns: `
      .bashrc .bash_* .profile .zshrc .zshenv .zprofile .zlogin .zlogout .kshrc .cshrc .tcshrc .login .logout
      .inputrc .xinitrc .xprofile .xsession* .tmux.conf .screenrc .envrc config.fish .config/fish/ *profile.ps1
      .wgetrc .curlrc .pam_environment .config/autostart/ .config/systemd/ LaunchAgents/ LaunchDaemons/
      .local/bin/ crontab
    `,
  },
];

const rows = protectedFiles.map(({ kind, why, patterns }) => ({
  kind,
  why,
  rules: ignore().add(patternsIn(patterns)),
}));

/** The patterns of a row, on every level: a repository may lie anywhere in what is open. */
export function patternsIn(patterns: string): string[] {
  return patterns
    .trim()
    .split(/\s+/)
    .map((pattern) => `**/${pattern}`);
}

export interface Protection {
  readonly kind: ProtectedKind;
  readonly why: string;
}

/** A file with a second name outside of what was checked. */
export const hardLinked: Protection = { kind: 'hardLink', why: 'it has another name elsewhere, which changes with it' };

/** Why a person has to confirm a change. @param inside `/`-separated, relative to the workspace folder */
export function protectionOf(inside: string): Protection | undefined {
  const path = folded(inside);
  const row = rows.find(({ rules }) => rules.ignores(path));
  return row && { kind: row.kind, why: row.why };
}
