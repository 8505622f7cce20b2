import type * as nodePath from 'node:path';

/** Something that a name must not be, on any system: a path may be written on one and checked out on another. */
interface NameRule {
  readonly isBroken: (name: string, index: number) => boolean;
  /** Ends "its path …". */
  readonly what: string;
}

const maxNameBytes = 255;
const maxPathCharacters = 4_096;
const devices = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;

const nameRules: readonly NameRule[] = [
  { isBroken: (name) => name === '..', what: 'leads upwards with ..' },
  // Folded, a full-width slash or a one-dot leader is what it looks like, to some system.
  { isBroken: (name) => /[/\\]|^\.+$/.test(name.normalize('NFKC')), what: 'has letters that look like separators' },
  { isBroken: (name, index) => index === 0 && name.startsWith('~'), what: 'begins with a home folder' },
  { isBroken: (name) => /\p{Cc}/u.test(name), what: 'has control characters' },
  // HFS+ leaves them out of names, so that `.g<joiner>it` is `.git`; elsewhere they hide what a name is.
  { isBroken: (name) => /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u.test(name), what: 'has invisible letters' },
  { isBroken: (name) => name.includes(':'), what: 'has a colon, which names a data stream on Windows' },
  { isBroken: (name) => /[<>"|?*]/.test(name), what: 'has a letter that names cannot have on Windows' },
  { isBroken: (name) => /[. ]$/.test(name), what: 'has a name that ends with a dot or blank, which Windows ignores' },
  { isBroken: (name) => devices.test(name), what: 'has the name of a device' },
  { isBroken: (name) => /^[^.]{1,6}~\d+(\.[^.]{0,3})?$/.test(name), what: 'has a short name of Windows' },
  { isBroken: (name) => Buffer.byteLength(name) > maxNameBytes, what: 'has a name that is too long' },
];

/** A path by its names, from a root or from some workspace folder. */
export interface ReadPath {
  readonly names: readonly string[];
  /** Absolute, as the system writes it; undefined for a relative path. */
  readonly absolute?: string;
}

/** The names of a path as a model wrote it, or what is wrong with it. Both slashes separate, on every system. */
export function readPath(asked: string, flavour: nodePath.PlatformPath): ReadPath | { readonly what: string } {
  const isWindows = flavour.sep === '\\';
  if (asked.trim() === '') return { what: 'is empty' };
  if (asked.length > maxPathCharacters) return { what: 'is too long' };
  if (/^[a-z][\w+.-]+:\/\//i.test(asked)) return { what: 'is an address' };
  if (/^[\\/]{2}/.test(asked)) return { what: 'is on another machine or device' };
  if (/[\\/]$/.test(asked)) return { what: 'is that of a folder' };
  const drive = /^[a-z]:[\\/]/i.exec(asked)?.[0];
  const isRooted = /^[\\/]/.test(asked);
  if ((drive !== undefined && !isWindows) || (isRooted && isWindows)) return { what: 'begins at another root' };
  const names = asked
    .slice(drive?.length ?? 0)
    .split(/[\\/]/)
    .filter((name) => name !== '' && name !== '.');
  if (names.length === 0) return { what: 'is that of a folder' };
  const broken = nameRules.find(({ isBroken }) => names.some(isBroken));
  if (broken !== undefined) return { what: broken.what };
  if (drive === undefined && !isRooted) return { names };
  return { names, absolute: (drive ?? flavour.sep).replace('/', flavour.sep) + names.join(flavour.sep) };
}

/** What two names have in common that are one on a disk that ignores case or Unicode forms. */
export function folded(name: string): string {
  // Upper case first: `ß` and `ſ` are `ss` and `s` to Apple's file system.
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');
}
