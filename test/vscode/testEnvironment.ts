/** What the script that started VS Code tells the suites inside it. */
export interface TestEnvironment {
  /** Where the result goes, as JSON. */
  readonly result: string;
  /** The bundled suite to run. */
  readonly suite: string;
  /** Only tests whose title matches. */
  readonly grep: string | undefined;
  /** Address that runs functions beside the real screen. */
  readonly bridge: string;
  /** Folder for screenshots and notes. */
  readonly out: string;
}

export function testEnvironment(): TestEnvironment {
  return {
    result: required('HEARTH_TEST_RESULT'),
    suite: required('HEARTH_TEST_SUITE'),
    grep: process.env['HEARTH_TEST_GREP'] || undefined,
    bridge: required('HEARTH_TEST_BRIDGE'),
    out: required('HEARTH_TEST_OUT'),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start these suites with npm run test:vscode`);
  return value;
}
