/**
 * Characters that people do not see and models do: text direction (bidi), zero-width, tags and variation selectors.
 * Other files' text is data; nothing in it may say something that its author's reviewers could not read.
 */
const invisible = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Without invisible characters and without blank lines at the start or white space at the end. */
export function cleanText(text: string): string {
  return text
    .replaceAll(invisible, '')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();
}

/** A path on one line, whatever the file system allows in names. */
export function cleanPath(path: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return path.replaceAll(invisible, '').replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}
