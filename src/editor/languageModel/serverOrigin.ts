/** What a key belongs to: scheme, host and port of `hearth.server`. Undefined while that is empty, or no address. */
export function originOf(server: string): string | undefined {
  const address = server.trim();
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
}

/** Whether a header can carry it: visible ASCII. */
export function isKey(text: string): boolean {
  return /^[!-~]+$/.test(text);
}
