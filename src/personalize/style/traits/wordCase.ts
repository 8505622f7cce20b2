/** How the words of a name are put together. */
export type WordCase = 'camelCase' | 'PascalCase' | 'snake_case' | 'UPPER_CASE' | 'kebab-case';

export const wordCases: readonly WordCase[] = ['camelCase', 'PascalCase', 'snake_case', 'UPPER_CASE', 'kebab-case'];

/**
 * Undefined for a name that fits several: `name` is camelCase as well as snake_case. Underscores and `$` at either end
 * belong to another habit.
 */
export function wordCase(name: string): WordCase | undefined {
  const bare = name.replace(/^[_$]+|[_$]+$/g, '');
  if (/^[a-z][a-z0-9]*(?:[A-Z][A-Za-z0-9]*)$/.test(bare)) return 'camelCase';
  if (/^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/.test(bare)) return 'PascalCase';
  if (/^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/.test(bare)) return 'snake_case';
  if (/^[A-Z][A-Z0-9]+$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(bare)) return 'UPPER_CASE';
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(bare) ? 'kebab-case' : undefined;
}
