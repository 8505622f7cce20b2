/** True for the error of the file system that says that nothing is there by that name. */
export function isMissingFile(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
