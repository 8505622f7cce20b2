import { getCACertificates, rootCertificates } from 'node:tls';

let known: string[] | undefined;

/**
 * Who may vouch for a server: the authorities that Node knows, those of this machine (a company's own is there), and those
 * that NODE_EXTRA_CA_CERTS names. Undefined where Node cannot tell: it uses its own then.
 */
export function trustedCertificates(): string[] | undefined {
  // Not in every Node that VS Code brings along.
  if (typeof getCACertificates !== 'function') return undefined;
  known ??= [...new Set([...rootCertificates, ...getCACertificates('system'), ...getCACertificates('extra')])];
  return known;
}
