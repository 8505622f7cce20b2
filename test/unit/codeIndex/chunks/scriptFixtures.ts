import type { LanguageFixture } from './languageFixture.ts';

/** Languages of scripts. */
export const scriptFixtures: Readonly<Record<string, LanguageFixture>> = {
  python: {
    code: `"""A module."""
import os

LIMIT = 3


# Above the decorator.
@dataclass
class Completer(Base):
    """Completes."""

    limit: int = 1

    @property
    def first(self):
        """The first."""
        return ░

    async def second(self, a):
        return ░ + ░

    class Inner:
        def third(self):
            return ░


def main() -> None:
    ░()


if __name__ == "__main__":
    main()
`,
    chunks: [
      'statements 1-4',
      'class Completer 7-12',
      'method Completer > first 14-17',
      'method Completer > second 19-20',
      'class Completer > Inner 22-24',
      'function main 27-32',
    ],
  },
  ruby: {
    code: `require 'set'

module Outer
  # Keeps.
  class Store < Base
    LIMIT = 3

    def open(path)
      ░
    end

    def self.create
      ░
    end

    class << self
      def shared?
        ░
      end
    end
  end

  class Util::Thing
    def close
      ░
    end
  end
end
`,
    chunks: [
      'class Outer > Store 1-6',
      'method Outer > Store > open 8-10',
      'method Outer > Store > create 12-14',
      'method Outer > Store > shared? 16-21',
      'class Outer > Util > Thing 23-28',
    ],
  },
  php: {
    code: `<?php
namespace A\\B;

use X\\Y;

/** Keeps. */
#[Entity]
final class Store extends Base
{
    const LIMIT = 3;
    private int $a = 1;

    public function open(string $path): int
    {
        return ░;
    }

    public static function create(): self
    {
        return ░ + ░;
    }
}

function helper($a)
{
    return ░;
}
`,
    chunks: [
      'class A > B > Store 1-11',
      'method A > B > Store > open 13-16',
      'method A > B > Store > create 18-22',
      'function A > B > helper 24-27',
    ],
  },
  shellscript: {
    code: `#!/bin/bash
set -euo pipefail

# Builds it.
build() {
  local target=$1
  ░ "$target"
}

LIMIT=3
function clean {
  ░
}
build all
`,
    chunks: ['function build 1-8', 'variable LIMIT 10-10', 'function clean 11-14'],
  },
  lua: {
    code: `local M = {}

-- Opens it.
function M.open(path)
  return ░
end

function M:close()
  return ░
end

return M
`,
    chunks: ['variable M 1-1', 'function M > open 3-6', 'function M > close 8-12'],
  },
  powershell: {
    code: `# Builds it.
function Build-All {
  Write-Host ░
}

class Store {
  [int] Open() {
    return ░
  }
}
`,
    chunks: ['function Build-All 1-4', 'class Store 6-10'],
  },
};
