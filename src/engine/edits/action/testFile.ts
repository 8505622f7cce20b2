import { posix } from 'node:path';

/** Where the tests of a file are, in the customs of a language. `{name}`: the file's name without its ending. */
interface Custom {
  readonly endings: RegExp;
  /** Relative to the file's folder, or to the workspace folder with a leading slash; the likeliest first. */
  readonly places: readonly string[];
}

const customs: readonly Custom[] = [
  {
    endings: /^[cm]?[jt]sx?$/,
    places: [
      '{name}.test.{ending}',
      '{name}.spec.{ending}',
      '__tests__/{name}.test.{ending}',
      '__tests__/{name}.{ending}',
      '/test/{inside}/{name}.test.{ending}',
      '/tests/{inside}/{name}.test.{ending}',
      '/test/{name}.test.{ending}',
      '/tests/{name}.test.{ending}',
    ],
  },
  {
    endings: /^py$/,
    places: [
      'test_{name}.py',
      '{name}_test.py',
      'tests/test_{name}.py',
      '/tests/test_{name}.py',
      '/test/test_{name}.py',
    ],
  },
  { endings: /^go$/, places: ['{name}_test.go'] },
  { endings: /^rb$/, places: ['/spec/{inside}/{name}_spec.rb', '/test/{inside}/{name}_test.rb', '{name}_test.rb'] },
  { endings: /^(java|kt)$/, places: ['{mirrored}/{name}Test.{ending}', '{name}Test.{ending}'] },
  { endings: /^cs$/, places: ['{name}Tests.cs', '/tests/{name}Tests.cs'] },
  { endings: /^php$/, places: ['/tests/{name}Test.php', '{name}Test.php'] },
  {
    endings: /^(c|cc|cpp)$/,
    places: ['{name}_test.{ending}', '/tests/{name}_test.{ending}', '/test/{name}_test.{ending}'],
  },
  // Rust's unit tests are a module of the file.
  { endings: /^rs$/, places: ['{name}.rs'] },
  { endings: /./, places: ['{name}_test.{ending}'] },
];

export interface TestFile {
  readonly path: string;
  readonly exists: boolean;
  /** Tests beside it, which show how they are written here. */
  readonly like?: string;
}

/**
 * Where the tests of a file belong: the file that has them, else where its neighbours' tests are, else the first custom
 * of its language. For tests, that is where they are. Undefined for names without an ending.
 *
 * @param path `/`-separated, relative to the workspace folder
 * @param filesIn names of the files right in a folder, of the same kind
 */
export async function testFileFor(
  path: string,
  filesIn: (folder: string) => Promise<readonly string[]>,
): Promise<TestFile | undefined> {
  const ending = /\.(\w+)$/.exec(path)?.[1] ?? '';
  const custom = customs.find(({ endings }) => endings.test(ending));
  if (custom === undefined) return undefined;
  if (isTest(path)) return { path, exists: true };
  const own = placesFor(path, custom);
  for (const place of own)
    if ((await filesIn(posix.dirname(place))).includes(posix.basename(place))) return { path: place, exists: true };
  for (const place of own) {
    const like = (await filesIn(posix.dirname(place))).find((name) => isTest(name) && name.endsWith(`.${ending}`));
    if (like !== undefined && isLike(place, like))
      return { path: place, exists: false, like: posix.join(posix.dirname(place), like) };
  }
  const [first] = own;
  return first === undefined ? undefined : { path: first, exists: false };
}

function placesFor(path: string, { places }: Custom): readonly string[] {
  const [folder, base] = [posix.dirname(path), posix.basename(path)];
  const name = base.replace(/\.\w+$/, '');
  const ending = base.slice(name.length + 1);
  const inside = folder.replace(/^(src|lib|app)(\/|$)/, '') || '.';
  const mirrored = `/${folder.replace(/(^|\/)src\/main\//, '$1src/test/')}`;
  return places.map((place) => {
    const filled = place
      .replace('{mirrored}', mirrored)
      .replace('{inside}', inside)
      .replace('{name}', name)
      .replace('{ending}', ending);
    return posix.normalize(filled.startsWith('/') ? filled.slice(1) : posix.join(folder, filled));
  });
}

function isTest(path: string): boolean {
  return /(?:[._-](?:test|spec)s?\.\w+|^test_\w+\.py|\/test_\w+\.py|_test\.\w+|_spec\.rb|Tests?\.(?:java|kt|cs|php))$/.test(
    path,
  );
}

/** Whether a name is made as the other: `a.test.ts` and `b.test.ts`. */
function isLike(place: string, like: string): boolean {
  return markIn(posix.basename(place)) === markIn(like);
}

function markIn(name: string): string | undefined {
  return /[._](test|spec)s?\.|^test_|Tests?\./.exec(name)?.[0];
}
