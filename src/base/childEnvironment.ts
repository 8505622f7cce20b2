/** What every process of Hearth may know of our environment: where things are, and which language. */
const kept = [
  /^(PATH|PATHEXT|HOME|USER|USERNAME|LOGNAME|SHELL|LANG|TZ)$/i,
  /^(TMP|TEMP|TMPDIR|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*|COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|USERPROFILE)$/i,
  /^(NUMBER_OF_PROCESSORS|PROCESSOR_.*)$/i,
  /^(LC_|XDG_)/,
  /^(LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|DYLD_FALLBACK_LIBRARY_PATH)$/,
];

/**
 * Environment for a process that we start: no proxies, no keys and addresses of services, no options for Node.
 *
 * @param more names that this one needs beside
 */
export function childEnvironment(env: NodeJS.ProcessEnv, more: readonly RegExp[] = []): NodeJS.ProcessEnv {
  const entries = Object.entries(env).filter(([name]) => [...kept, ...more].some((pattern) => pattern.test(name)));
  // Inside VS Code the executable is Electron; this makes it behave as Node, and Node ignores it.
  return { ...Object.fromEntries(entries), ELECTRON_RUN_AS_NODE: '1' };
}
