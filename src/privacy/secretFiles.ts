import { parse } from 'node:path';
import ignore from 'ignore';

/** A row in gitignore syntax: without `/` it judges the file's own name, with `/` the whole path; `!` takes back. */
export interface SecretFileRow {
  readonly pattern: string;
  readonly holds: string;
}

/** `credentials.ts` and the like are programs about credentials; `.py`, `.js`, `.rb` are as often the values themselves. */
const compiledLanguages = ['c', 'cpp', 'cs', 'go', 'h', 'java', 'kt', 'rs', 'scala', 'swift', 'ts', 'tsx', 'vue'];

/**
 * Files that hold secrets by their very name. No setting and no `.hearthignore` takes a row back: a cloned repository
 * must not be able to open them. Case does not matter.
 */
export const secretFiles: readonly SecretFileRow[] = [
  { pattern: '.env*', holds: 'environment variables' },
  { pattern: '*.env', holds: 'environment variables' },
  { pattern: '!.env.example', holds: 'names without values' },
  { pattern: '!.env.sample', holds: 'names without values' },
  { pattern: '!.env.template', holds: 'names without values' },
  { pattern: '!.env.dist', holds: 'names without values' },
  { pattern: '*.pem', holds: 'private keys and certificates' },
  { pattern: '*.key', holds: 'private keys' },
  { pattern: '*.p8', holds: 'private keys' },
  { pattern: '*.p12', holds: 'private keys' },
  { pattern: '*.pfx', holds: 'private keys' },
  { pattern: '*.ppk', holds: 'private keys of PuTTY' },
  { pattern: '*.jks', holds: 'Java key store' },
  { pattern: '*.keystore', holds: 'Java and Android key store' },
  { pattern: '*.kdbx', holds: 'KeePass passwords' },
  { pattern: '*.gpg', holds: 'encrypted text that an editor shows decrypted' },
  { pattern: '*.ovpn', holds: 'VPN keys' },
  { pattern: 'id_rsa*', holds: 'SSH key' },
  { pattern: 'id_dsa*', holds: 'SSH key' },
  { pattern: 'id_ecdsa*', holds: 'SSH key' },
  { pattern: 'id_ed25519*', holds: 'SSH key' },
  { pattern: '.npmrc', holds: 'registry tokens' },
  { pattern: '.yarnrc.yml', holds: 'registry tokens' },
  { pattern: '.pypirc', holds: 'registry tokens' },
  { pattern: '.netrc', holds: 'passwords per host' },
  { pattern: '_netrc', holds: 'passwords per host, on Windows' },
  { pattern: '.git-credentials', holds: 'Git passwords' },
  { pattern: '.pgpass', holds: 'PostgreSQL passwords' },
  { pattern: '.my.cnf', holds: 'MySQL passwords' },
  { pattern: '.htpasswd', holds: 'password hashes' },
  { pattern: '.dockercfg', holds: 'registry tokens' },
  { pattern: '.vault-token', holds: 'Vault token' },
  { pattern: '.databrickscfg', holds: 'Databricks tokens' },
  { pattern: '.s3cfg', holds: 'S3 keys' },
  { pattern: '.boto', holds: 'cloud storage keys' },
  { pattern: 'rclone.conf', holds: 'cloud storage keys' },
  { pattern: '.*_history', holds: 'what was typed into a shell' },
  { pattern: 'credentials*', holds: 'credentials of many tools' },
  { pattern: '*credentials*.json', holds: 'credentials of many tools' },
  ...compiledLanguages.map((extension) => ({ pattern: `!credentials*.${extension}`, holds: 'program text' })),
  { pattern: 'client_secret*.json', holds: 'OAuth client' },
  { pattern: 'secrets.*', holds: 'secrets of many tools' },
  { pattern: '.secrets*', holds: 'secrets of many tools' },
  { pattern: 'service-account*.json', holds: 'Google service account' },
  { pattern: 'serviceaccount*.json', holds: 'Google and Firebase service account' },
  { pattern: '*.tfstate', holds: 'Terraform state, passwords included' },
  { pattern: '*.tfstate.*', holds: 'Terraform state, passwords included' },
  { pattern: '*.tfvars', holds: 'Terraform values' },
  { pattern: 'kubeconfig*', holds: 'cluster tokens' },
  { pattern: '*.kubeconfig', holds: 'cluster tokens' },
  { pattern: '**/.aws/**', holds: 'AWS keys' },
  { pattern: '**/.azure/**', holds: 'Azure tokens' },
  { pattern: '**/.config/gcloud/**', holds: 'Google Cloud tokens' },
  { pattern: '**/.config/gh/hosts.yml', holds: 'GitHub token' },
  { pattern: '**/.docker/config.json', holds: 'registry tokens' },
  { pattern: '**/.git/config', holds: 'remotes, at times with a password in the address' },
  { pattern: '**/.gnupg/**', holds: 'GnuPG keys' },
  { pattern: '**/.kube/**', holds: 'cluster tokens' },
  { pattern: '**/.m2/settings.xml', holds: 'Maven passwords' },
  { pattern: '**/.password-store/**', holds: 'passwords' },
  { pattern: '**/.ssh/**', holds: 'SSH keys and hosts' },
];

const patterns = secretFiles.map(({ pattern }) => pattern);
const byName = ignore().add(patterns.filter((pattern) => !pattern.includes('/')));
const byPath = ignore().add(patterns.filter((pattern) => pattern.includes('/')));

/**
 * Whether an absolute path names a file that holds secrets. Both `/` and `\` separate, on every system, and what
 * Windows ignores in a name (`.env.`, `.env::$DATA`) is ignored here: at worst a file too many is left alone.
 */
export function isSecretFile(path: string): boolean {
  const segments = path
    .slice(parse(path).root.length)
    .split(/[\\/]+/)
    .map((segment) => segment.replace(/:.*$/s, '').replace(/[. ]+$/, ''))
    .filter((segment) => segment !== '');
  const name = segments.at(-1);
  return name !== undefined && (byName.ignores(name) || byPath.ignores(segments.join('/')));
}
