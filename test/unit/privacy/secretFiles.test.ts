import assert from 'node:assert/strict';
import { win32 } from 'node:path';
import * as fc from 'fast-check';
import { isSecretFile, secretFiles } from '../../../src/privacy/secretFiles.ts';

/** For every row: a file it judges, and a neighbour that it leaves alone. For a row with `!` the other way round. */
const examples: Readonly<Record<string, readonly [judged: string, leftAlone: string]>> = {
  '.env*': ['/w/app/.env.local', '/w/app/env.ts'],
  '*.env': ['/w/prod.env', '/w/prod.environment.ts'],
  '!.env.example': ['/w/.env.example', '/w/.env.examples'],
  '!.env.sample': ['/w/.env.sample', '/w/.env.sampled'],
  '!.env.template': ['/w/.env.template', '/w/.env.templates'],
  '!.env.dist': ['/w/.env.dist', '/w/.env.distant'],
  '*.pem': ['/w/ca.pem', '/w/pem.go'],
  '*.key': ['/w/tls.key', '/w/key.ts'],
  '*.p8': ['/w/AuthKey.p8', '/w/p8.md'],
  '*.p12': ['/w/a.p12', '/w/p12.c'],
  '*.pfx': ['/w/a.pfx', '/w/pfx.cs'],
  '*.ppk': ['/w/a.ppk', '/w/ppk.txt'],
  '*.jks': ['/w/a.jks', '/w/jks.java'],
  '*.keystore': ['/w/debug.keystore', '/w/keystore.java'],
  '*.kdbx': ['/w/mine.kdbx', '/w/kdbx.rs'],
  '*.gpg': ['/w/a.txt.gpg', '/w/gpg.sh'],
  '*.ovpn': ['/w/home.ovpn', '/w/ovpn.md'],
  'id_rsa*': ['/w/id_rsa.old', '/w/my_id_rsa.md'],
  'id_dsa*': ['/w/id_dsa', '/w/id_d'],
  'id_ecdsa*': ['/w/id_ecdsa', '/w/ecdsa.go'],
  'id_ed25519*': ['/w/id_ed25519', '/w/ed25519.go'],
  '.npmrc': ['/w/.npmrc', '/w/npmrc.ts'],
  '.yarnrc.yml': ['/w/.yarnrc.yml', '/w/yarn.yml'],
  '.pypirc': ['/w/.pypirc', '/w/pypirc.py'],
  '.netrc': ['/w/.netrc', '/w/netrc.py'],
  _netrc: ['/w/_netrc', '/w/a_netrc'],
  '.git-credentials': ['/w/.git-credentials', '/w/git-credential.c'],
  '.pgpass': ['/w/.pgpass', '/w/pgpass.c'],
  '.my.cnf': ['/w/.my.cnf', '/w/my.cnf'],
  '.htpasswd': ['/w/.htpasswd', '/w/.htaccess'],
  '.dockercfg': ['/w/.dockercfg', '/w/.dockerignore'],
  '.vault-token': ['/w/.vault-token', '/w/vault-token.go'],
  '.databrickscfg': ['/w/.databrickscfg', '/w/databricks.py'],
  '.s3cfg': ['/w/.s3cfg', '/w/s3cfg.py'],
  '.boto': ['/w/.boto', '/w/boto.py'],
  'rclone.conf': ['/w/rclone.conf', '/w/rclone.go'],
  '.*_history': ['/w/.bash_history', '/w/model_history'],
  'credentials*': ['/w/credentials_prod.yml', '/w/credential.yml'],
  '*credentials*.json': ['/w/gcp-credentials.json', '/w/gcp.json'],
  '!credentials*.c': ['/w/credentials.c', '/w/credentials.cfg'],
  '!credentials*.cpp': ['/w/credentials.cpp', '/w/credentials.cp'],
  '!credentials*.cs': ['/w/credentials.cs', '/w/credentials.csv'],
  '!credentials*.go': ['/w/credentials_test.go', '/w/credentials.gone'],
  '!credentials*.h': ['/w/credentials.h', '/w/credentials.html'],
  '!credentials*.java': ['/w/CredentialsService.java', '/w/credentials.jar'],
  '!credentials*.kt': ['/w/Credentials.kt', '/w/credentials.k'],
  '!credentials*.rs': ['/w/credentials.rs', '/w/credentials.rst'],
  '!credentials*.scala': ['/w/Credentials.scala', '/w/credentials.s'],
  '!credentials*.swift': ['/w/Credentials.swift', '/w/credentials.sw'],
  '!credentials*.ts': ['/w/credentials.ts', '/w/credentials.txt'],
  '!credentials*.tsx': ['/w/credentialsForm.tsx', '/w/credentials.toml'],
  '!credentials*.vue': ['/w/Credentials.vue', '/w/credentials.v'],
  'client_secret*.json': ['/w/client_secret_1.apps.json', '/w/client.json'],
  'secrets.*': ['/w/secrets.yaml', '/w/secretSanta.ts'],
  '.secrets*': ['/w/.secrets.baseline', '/w/secrets'],
  'service-account*.json': ['/w/service-account-1.json', '/w/service-account.ts'],
  'serviceaccount*.json': ['/w/serviceAccountKey.json', '/w/serviceAccount.ts'],
  '*.tfstate': ['/w/terraform.tfstate', '/w/tfstate.go'],
  '*.tfstate.*': ['/w/terraform.tfstate.backup', '/w/tfstate.backup'],
  '*.tfvars': ['/w/prod.tfvars', '/w/prod.tf'],
  'kubeconfig*': ['/w/kubeconfig', '/w/kube.ts'],
  '*.kubeconfig': ['/w/dev.kubeconfig', '/w/dev.kube.ts'],
  '**/.aws/**': ['/home/u/.aws/config', '/home/u/aws/config'],
  '**/.azure/**': ['/home/u/.azure/msal.json', '/w/azure/main.ts'],
  '**/.config/gcloud/**': ['/home/u/.config/gcloud/x.db', '/home/u/.config/nvim/init.lua'],
  '**/.config/gh/hosts.yml': ['/home/u/.config/gh/hosts.yml', '/home/u/.config/gh/config.yml'],
  '**/.docker/config.json': ['/home/u/.docker/config.json', '/w/docker/config.json'],
  '**/.git/config': ['/w/.git/config', '/w/.git/COMMIT_EDITMSG'],
  '**/.gnupg/**': ['/home/u/.gnupg/trustdb', '/w/gnupg/a.c'],
  '**/.kube/**': ['/home/u/.kube/config', '/w/kube/config'],
  '**/.m2/settings.xml': ['/home/u/.m2/settings.xml', '/w/settings.xml'],
  '**/.password-store/**': ['/home/u/.password-store/a', '/w/password-store/a.ts'],
  '**/.ssh/**': ['/home/u/.ssh/config', '/w/ssh/config.go'],
};

describe('secrets files', () => {
  it('has an example for every row and no other', () => {
    assert.deepEqual(Object.keys(examples).toSorted(), secretFiles.map(({ pattern }) => pattern).toSorted());
  });

  for (const { pattern, holds } of secretFiles) {
    it(`${pattern} (${holds})`, () => {
      const [judged, leftAlone] = examples[pattern] ?? ['', ''];
      const takesBack = pattern.startsWith('!');
      assert.equal(isSecretFile(judged), !takesBack, judged);
      assert.equal(isSecretFile(leftAlone), takesBack, leftAlone);
    });
  }

  it('judges a file, not its folder, by a row without slash', () => {
    assert.equal(isSecretFile('/w/credentials/form.py'), false);
    assert.equal(isSecretFile('/w/secrets.d/readme.md'), false);
  });

  it('knows no difference in case, separator, or what Windows ignores at the end of a name', () => {
    const path = fc
      .constantFrom('/w/.env', '/w/.AWS/Config', '/w/Id_Rsa', '/w/x.PEM')
      .chain((base) => fc.constantFrom(base, base.replaceAll('/', '\\'), base.toUpperCase(), base.toLowerCase()));
    fc.assert(fc.property(path, fc.constantFrom('', '.', ' ', '. .', '::$DATA'), (p, end) => isSecretFile(p + end)));
    assert.equal(isSecretFile(win32.resolve('C:\\w\\src\\..\\.env')), true);
    assert.equal(isSecretFile('\\\\server\\share\\.ssh\\id'), true);
  });

  it('answers for any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (path) => typeof isSecretFile(path) === 'boolean'));
  });
});
