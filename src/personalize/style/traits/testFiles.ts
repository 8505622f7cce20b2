/** Whether a file holds tests, by its path. */
export function isTestPath(path: string): boolean {
  return /(?:^|\/)(?:tests?|specs?|__tests__)\/|[._-](?:test|spec)s?\.[cm]?[a-z]+$|(?:^|\/)test_\w+\.py$|_test\.\w+$|Tests?\.(?:java|cs|php)$/.test(
    path,
  );
}
