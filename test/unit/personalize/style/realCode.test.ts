import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { familyStyle, type StyleProfile } from '../../../../src/personalize/style/profile.ts';
import { allFamilies } from '../../../../src/personalize/style/families.ts';
import { profileFrom } from './profileFixture.ts';
import { votesIn } from './traitFixtures/traitFixture.ts';

const root = join(import.meta.dirname, '../../../..');

const textsIn = (folder: string, ending: string) =>
  Object.fromEntries(
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => [
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
        readFileSync(join(entry.parentPath, entry.name), 'utf8'),
      ]),
  );
const read = (...paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [basename(path), readFileSync(join(root, path), 'utf8')]));

const habits = (profile: StyleProfile) =>
  Object.fromEntries(
    allFamilies()
      .flatMap((family) => familyStyle(profile, family)?.habits ?? [])
      .map(({ trait, value }) => [trait, value]),
  );

const expectHabits = (profile: StyleProfile, expected: Readonly<Record<string, string>>) => {
  const found = habits(profile);
  for (const [trait, value] of Object.entries(expected)) assert.equal(found[trait], value, trait);
};

describe('the style of real code', () => {
  it('is found in this repository’s own TypeScript', () => {
    expectHabits(profileFrom({ ...textsIn('src/privacy', '.ts'), ...textsIn('src/codeIndex', '.ts') }), {
      indent: '2',
      lineWidth: '120',
      quotes: 'single',
      semicolons: 'always',
      trailingCommas: 'always',
      arrowParentheses: 'always',
      variableNames: 'camelCase',
      constantNames: 'camelCase',
      fileNames: 'camelCase',
      functions: 'declaration',
      returnTypes: 'written',
      objectTypes: 'interface',
      readonlyMembers: 'readonly',
      privateMembers: 'hash',
      nodePrefix: 'prefixed',
      importEndings: 'ts',
      relativeImports: 'last',
      exports: 'named',
      equality: 'strict',
      absence: 'undefined',
      earlyReturn: 'early',
      commentLanguage: 'english',
      commentEnd: 'stop',
      docTags: 'prose',
      singleStatement: 'bare',
    });
  });

  it('agrees with what this repository’s configuration says', () => {
    const code = textsIn('src/privacy', '.ts');
    const configured = profileFrom({ ...code, ...read('biome.json', '.oxlintrc.json', 'package.json') });
    const own = familyStyle(configured, 'ecmascript')?.habits.filter(({ source }) => source === 'configuration') ?? [];
    assert.ok(own.length >= 8, `${own.length} habits are configured`);
    for (const { trait, share, places } of own)
      assert.ok(places === 0 || share > 0.9, `${trait}: ${share} of ${places}`);
  });

  it('is found in this repository’s own tests and Python', () => {
    expectHabits(profileFrom(textsIn('test/unit/privacy', '.ts')), {
      testFramework: 'mocha',
      assertions: 'assert',
      testWord: 'it',
      testTitles: 'plain',
      testFileNames: 'test',
    });
    expectHabits(profileFrom(textsIn('starter', '.py')), {
      indent: '4',
      quotes: 'double',
      typeHints: 'written',
      typeSyntax: 'builtin',
      paths: 'pathlib',
      testFramework: 'unittest',
      importGroups: 'apart',
    });
  });

  const samples: readonly (readonly [
    languageId: string,
    text: string,
    votes: Readonly<Record<string, Readonly<Record<string, number>>>>,
  ])[] = [
    [
      'go',
      `package store

import (
\t"context"
\t"fmt"

\t"github.com/acme/log"
)

// Open opens the store at path.
func Open(ctx context.Context, path string) (*Store, error) {
\tdbFile, err := open(ctx, path)
\tif err != nil {
\t\treturn nil, fmt.Errorf("open %s: %w", path, err)
\t}
\tlog.Info("opened", "path", path)
\treturn &Store{file: dbFile}, nil
}
`,
      {
        indent: { tab: 3 },
        importGroups: { apart: 1 },
        docComments: { written: 1 },
        wrappedErrors: { wrapped: 1 },
        earlyReturn: { early: 1 },
        variableNames: { camelCase: 1 },
        logging: { logger: 1 },
      },
    ],
    [
      'rust',
      `use std::fs;

/// Reads a file's first line.
pub fn first_line(path: &str) -> Result<String, Error> {
    let whole_text = fs::read_to_string(path)?;
    let line = whole_text.lines().next().unwrap();
    match line {
        "" => Err(Error::Empty { path: 'x' }),
        _ => Ok(line.to_string()),
    }
}
`,
      {
        indent: { '4': 2 },
        functionNames: { snake_case: 1 },
        variableNames: { snake_case: 1 },
        docComments: { written: 1 },
        errorResults: { question: 1, unwrap: 1 },
      },
    ],
    [
      'java',
      `public class UserStore {
    private final Map<String, User> usersById = new HashMap<>();
    private static final int MAX_USERS = 100;

    /** Finds a user. */
    public User findUser(String userId) {
        if (userId == null) {
            throw new IllegalArgumentException("userId");
        }
        return usersById.get(userId);
    }
}
`,
      {
        indent: { '4': 3 },
        functionBraces: { sameLine: 2 },
        controlBraces: { sameLine: 1 },
        singleStatement: { braced: 1 },
        functionNames: { camelCase: 1 },
        constantNames: { UPPER_CASE: 1 },
        thrownErrors: { builtin: 1 },
        docComments: { none: 1, written: 1 },
      },
    ],
    [
      'csharp',
      `namespace Acme
{
    public class UserStore
    {
        private readonly Dictionary<string, User> _users = new();

        public User FindUser(string userId)
        {
            if (!_users.ContainsKey(userId))
            {
                throw new UserMissingException($"No user {userId}");
            }
            var found = _users[userId];
            return found;
        }
    }
}
`,
      {
        indent: { '4': 4 },
        functionBraces: { ownLine: 3 },
        controlBraces: { ownLine: 1 },
        privateMembers: { underscore: 1 },
        functionNames: { PascalCase: 1 },
        localTypes: { var: 1 },
        thrownErrors: { own: 1 },
        stringBuilding: { interpolation: 1 },
      },
    ],
    [
      'cpp',
      `#include <vector>

// Sums what is in a list.
int sum_of(const std::vector<int>& all_items)
{
    int running_total = 0;
    for (int item : all_items)
        running_total += item;
    return running_total;
}
`,
      {
        indent: { '4': 1 },
        functionBraces: { ownLine: 1 },
        singleStatement: { bare: 1 },
        functionNames: { snake_case: 1 },
        variableNames: { snake_case: 1 },
        docComments: { written: 1 },
      },
    ],
    [
      'ruby',
      `# frozen_string_literal: true

class UserStore
  # Finds a user.
  def find_user(user_id)
    raise ArgumentError, 'no id' unless user_id

    found_user = @users.fetch(user_id) { |id| missing(id: id) }
    log("found #{user_id}")
    found_user
  end
end
`,
      {
        indent: { '2': 2 },
        quotes: { single: 1 },
        functionNames: { snake_case: 1 },
        variableNames: { snake_case: 1 },
        thrownErrors: { builtin: 1 },
        stringBuilding: { interpolation: 1 },
      },
    ],
    [
      'php',
      `<?php

class UserStore
{
    /** Finds a user. */
    public function findUser(string $userId): User
    {
        if (!isset($this->users[$userId])) {
            throw new UserMissingException('no user');
        }
        $foundUser = $this->users[$userId];
        return $foundUser;
    }
}
`,
      {
        indent: { '4': 3 },
        functionBraces: { ownLine: 2 },
        controlBraces: { sameLine: 1 },
        quotes: { single: 1 },
        functionNames: { camelCase: 1 },
        variableNames: { camelCase: 1 },
        docComments: { none: 1, written: 1 },
      },
    ],
    [
      'shellscript',
      `#!/usr/bin/env bash
set -euo pipefail

# Prints the newest file.
newest_file() {
  local folder_name="$1"
  if [[ -d "$folder_name" ]]; then
    echo "$(ls -t "$folder_name" | head -n 1)"
  fi
}
newest_file "$HOME"
`,
      {
        indent: { '2': 2 },
        shellTests: { double: 1 },
        shellFunctions: { parentheses: 1 },
        shellSubstitution: { dollar: 1 },
        functionNames: { snake_case: 1 },
        variableNames: { snake_case: 1 },
      },
    ],
  ];
  for (const [languageId, text, votes] of samples)
    it(`is found in a sample of ${languageId}`, () => {
      const found = votesIn(languageId, text, 'src/sample');
      assert.deepEqual(Object.fromEntries(Object.keys(votes).map((trait) => [trait, found[trait]])), votes);
    });
});
