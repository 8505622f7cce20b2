import { BlockList, isIP } from 'node:net';
import { ProblemError } from '../../protocol/problems.ts';

/** Where a model server listens, as the user entered it. */
export interface ServerAddress {
  /** `https://host:8443/prefix`: without a slash at its end, and without the `/v1` that others want there. */
  readonly base: string;
  /** Scheme, host and port: what a key belongs to. */
  readonly origin: string;
  /** Host and port, for people. */
  readonly host: string;
  /** What is sent crosses networks that others use, and nothing hides it. */
  readonly isExposed: boolean;
}

/** Reads `hearth.server`. Throws a `ProblemError` that says what an address looks like. */
export function parseServerAddress(text: string): ServerAddress {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  // Not repeated anywhere: what stands before the @ may be a password.
  if (url !== undefined && url.username + url.password !== '')
    throw new ProblemError({ code: 'server.credentials', host: url.host });
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.host === '' || url.search + url.hash !== '')
    throw new ProblemError({ code: 'server.address', address: text.trim() });
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return {
    base: url.origin + path,
    origin: url.origin,
    host: url.host,
    isExposed: url.protocol === 'http:' && !isNear(url.hostname),
  };
}

/** Loopback (RFC 1122, 4291), private networks (RFC 1918, 4193), and this machine by any of its addresses. */
const nearNetworks = new BlockList();
nearNetworks.addSubnet('127.0.0.0', 8);
nearNetworks.addSubnet('10.0.0.0', 8);
nearNetworks.addSubnet('172.16.0.0', 12);
nearNetworks.addSubnet('192.168.0.0', 16);
nearNetworks.addAddress('0.0.0.0');
nearNetworks.addAddress('::1', 'ipv6');
nearNetworks.addAddress('::', 'ipv6');
nearNetworks.addSubnet('fc00::', 7, 'ipv6');
nearNetworks.addSubnet('fe80::', 10, 'ipv6');

/** Names that no public DNS answers: single words, and the endings reserved for home and office networks. */
const nearNames = /^[^.]+$|(?:^|\.)(?:localhost|local|lan|internal|home\.arpa)$/;

function isNear(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  return version === 0 ? nearNames.test(hostname) : nearNetworks.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
