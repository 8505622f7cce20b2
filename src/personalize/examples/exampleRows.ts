import type { Database, Row } from './exampleStore.ts';
import type { Example } from './example.ts';

/** Which examples are asked for; what is absent does not matter. */
export interface ExampleQuery {
  readonly languageId?: string;
  readonly kind?: Example['kind'];
  /** Absolute path of a workspace folder; '' for what lies outside one. */
  readonly folder?: string;
  readonly excluded?: boolean;
  /** Not excluded, and nothing that the rules forbid. */
  readonly forTraining?: true;
  /** `next` of the page before. */
  readonly before?: number;
  /** Rows to read. */
  readonly limit: number;
}

/** Reads examples, the newest first. */
export function readExamples(database: Database, query: ExampleQuery): Example[] {
  const { languageId, kind, folder, excluded, forTraining, before, limit } = query;
  const wanted: readonly (readonly [condition: string, value: string | number | undefined])[] = [
    ['languageId = ?', languageId],
    ['kind = ?', kind],
    ['folder = ?', folder],
    ['excluded = ?', forTraining === true ? 0 : excluded === undefined ? undefined : Number(excluded)],
    ['id < ?', before],
  ];
  const asked = wanted.flatMap(([condition, value]) => (value === undefined ? [] : [{ condition, value }]));
  const where = asked.map(({ condition }) => condition).join(' AND ') || 'TRUE';
  return database
    .prepare(`SELECT * FROM example WHERE ${where} ORDER BY id DESC LIMIT ?`)
    .all(...asked.map(({ value }) => value), limit)
    .map(exampleOf);
}

function exampleOf(row: Row): Example {
  const string = (column: string) => (typeof row[column] === 'string' ? row[column] : '');
  const text = string(row['became'] === null ? 'text' : 'became');
  const offered = string('offered');
  return {
    id: Number(row['id']),
    atMs: Number(row['acceptedAtMs']),
    kind: kinds.find((kind) => kind === row['kind']) ?? 'accepted',
    languageId: string('languageId'),
    path: string('path'),
    folder: string('folder'),
    prefix: string('prefix'),
    suffix: string('suffix'),
    text,
    ...(offered === '' || offered === text ? {} : { offered }),
    kept: Number(row['kept']),
    snippets: snippetsOf(string('snippets')),
    excluded: row['excluded'] === 1,
  };
}

const kinds: readonly Example['kind'][] = ['accepted', 'instead', 'typed', 'edit'];

/** The store wrote it itself. */
function snippetsOf(json: string): Example['snippets'] {
  return JSON.parse(json);
}
