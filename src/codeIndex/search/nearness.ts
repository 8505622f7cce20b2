import { posix } from 'node:path';
import type { Reason, SearchRequest } from './hit.ts';
import type { Tuning } from './tuning.ts';

type How = Extract<Reason, { kind: 'near' }>['how'];

/** Where a chunk is: a workspace folder, and a path in it. */
export interface Place {
  readonly folder: string;
  readonly path: string;
}

/** Edited longer ago than this many other files: no longer what the user is at. */
const maxRecent = 10;

/** What the user is at, and how near other files are to it. */
export class Nearness {
  readonly #origin: string | undefined;
  readonly #imports: ReadonlySet<string>;
  readonly #recent: ReadonlySet<string>;

  constructor({ from, recentlyEdited = [] }: Pick<SearchRequest, 'from' | 'recentlyEdited'>) {
    this.#origin = from === undefined ? undefined : slashed(from.path);
    this.#imports = new Set((from?.imports ?? []).map(slashed));
    this.#recent = new Set(recentlyEdited.slice(0, maxRecent).map(slashed));
  }

  isOrigin(place: Place): boolean {
    return absolute(place) === this.#origin;
  }

  how(place: Place): readonly How[] {
    const path = absolute(place);
    if (path === this.#origin) return [];
    const isImported = this.#imports.has(path) || this.#imports.has(place.path);
    const isSameFolder = this.#origin !== undefined && posix.dirname(path) === posix.dirname(this.#origin);
    return [
      ...(isImported ? ['imported' as const] : []),
      ...(isSameFolder ? ['sameFolder' as const] : []),
      ...(this.#recent.has(path) ? ['recentlyEdited' as const] : []),
    ];
  }

  factor(place: Place, boosts: Tuning['boosts']): number {
    return this.how(place).reduce((factor, how) => factor * boosts[how], 1);
  }

  /** Of several paths with the same content, the one the user most likely means. */
  nearest(folder: string, paths: readonly string[]): string {
    const [first = '', ...others] = paths;
    return others.reduce(
      (best, path) => (this.#isNearer({ folder, path }, { folder, path: best }) ? path : best),
      first,
    );
  }

  #isNearer(one: Place, other: Place): boolean {
    const difference =
      Number(this.how(one).includes('imported')) - Number(this.how(other).includes('imported')) ||
      this.#shared(one) - this.#shared(other) ||
      other.path.length - one.path.length;
    return difference === 0 ? one.path < other.path : difference > 0;
  }

  /** How many folders a path has in common with the origin's. */
  #shared(place: Place): number {
    const own = absolute(place).split('/');
    const origin = this.#origin?.split('/') ?? [];
    const at = own.findIndex((segment, index) => segment !== origin[index]);
    return at < 0 ? own.length : at;
  }
}

function absolute({ folder, path }: Place): string {
  return `${slashed(folder).replace(/\/$/, '')}/${path}`;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/').normalize('NFC');
}
