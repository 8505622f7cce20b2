import assert from 'node:assert/strict';
import fc from 'fast-check';
import { namedRows } from '../../../src/privacy/secrets/namedRows.ts';
import { placedRows } from '../../../src/privacy/secrets/placedRows.ts';
import { tokenRows } from '../../../src/privacy/secrets/tokenRows.ts';
import { maskSecrets } from '../../../src/privacy/secretText.ts';
import { secretSamples } from './secretSamples.ts';

const rowNames = [...tokenRows, ...placedRows, ...namedRows].map(({ name }) => name);

describe('maskSecrets', () => {
  it('is tested on every row', () => {
    assert.deepEqual(Object.keys(secretSamples).toSorted(), rowNames.toSorted());
  });

  for (const name of rowNames) {
    it(`masks every random secret of the row "${name}", wherever in the text it stands`, () => {
      const sample = secretSamples[name];
      assert.ok(sample);
      fc.assert(
        fc.property(code, sample, code, (before, { text, secret }, after) => {
          const whole = `${before}\n${text}\n${after}`;
          const masked = maskSecrets(whole);
          for (const part of secret.split('\n')) assert.ok(!masked.includes(part), `${part} in ${masked}`);
          assert.ok(masked.includes('[secret]'));
          assert.equal(masked.split('\n').length, whole.split('\n').length);
          assert.ok(masked.startsWith(`${before}\n`) && masked.endsWith(`\n${after}`), 'the text around stays');
        }),
        { numRuns: 60, seed: 4 },
      );
    });
  }

  it('leaves the names around a secret, so that the code can still be understood', () => {
    assert.equal(
      maskSecrets(pieced("const client = connect({ password: 'hun", "ter2!', port: 5432 });")),
      "const client = connect({ password: '[secret]', port: 5432 });",
    );
  });

  it('keeps the lines of a private key', () => {
    const key = pieced('-----BEGIN RSA PRIV', 'ATE KEY-----');
    const text = `a\n${key}\n${'Q2hhcmxpZSBicm93bg'.repeat(3)}\n${'c25vb3B5IGlzIGEgZG9n'.repeat(2)}\n-----END RSA PRIVATE KEY-----\nb`;
    assert.equal(maskSecrets(text), `a\n${key}\n[secret]\n[secret]\n-----END RSA PRIVATE KEY-----\nb`);
  });

  it('changes nothing in a text that it has masked', () => {
    for (const sample of Object.values(secretSamples)) {
      for (const { text } of fc.sample(sample, { numRuns: 3, seed: 7 })) {
        const masked = maskSecrets(text);
        assert.equal(maskSecrets(masked), masked);
      }
    }
  });

  for (const text of harmless()) {
    it(`leaves ${text.slice(0, 70)}`, () => assert.equal(maskSecrets(text), text));
  }

  it('takes no longer for text made to be slow', () => {
    const pieces = [
      'password ',
      'password: "',
      pieced('-----BEGIN PRIVATE', ' KEY-----'),
      '://a:',
      'curl -u ',
      'token=',
      'eyJaaaaaaaa.',
      '<token>',
    ];
    for (const piece of [
      ...pieces,
      'sk-',
      'secret',
      'a'.repeat(100),
      'Bearer ',
      'https://x:y',
      ';Password=',
      'Private-Lines: 9\n',
    ]) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const startMs = performance.now();
      maskSecrets(text);
      const ms = performance.now() - startMs;
      assert.ok(ms < 2_000, `${ms} ms for ${piece}`);
    }
  });
});

/** Programs without secrets. */
const code = fc
  .array(
    fc.constantFrom('', 'x = f(1);', 'if (token) {', '}', '// the password is checked here', 'return {', 'name: "a",'),
  )
  .map((lines) => lines.join('\n'));

function harmless(): readonly string[] {
  return [
    '"integrity": "sha512-bQ2wFTzsJYIeQaZNTDGqrKdSTgeJ4nTPGuPBnVxPLHSCNzDKcL8Gpo2wqRfaTzDwFFhEY2uCqJuLYZLGQSAdTw=="',
    'checksum = "6a1a1b0c8f3a4d5e9c7b2f1e0d9c8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c"',
    'const id = "550e8400-e29b-41d4-a716-446655440000";',
    'token("550e8400-e29b-41d4-a716-446655440000")',
    'src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="',
    'commit 24a3fd6e1f0c9b8a7d6e5f4c3b2a1908f7e6d5c4',
    'interface Login { user: string; password: string; token?: string }',
    'password: string2;',
    'const password = process.env.DB_PASSWORD_2;',
    'const password = process.env["DB_PASSWORD_2"];',
    'password = os.environ.get("DB_PASSWORD_2")',
    'password: "<your password 1>"',
    "token: '<your-token-123456>'",
    'api_key = "YOUR_API_KEY_GOES_HERE_1234"',
    'api_key: "${API_KEY_2_FROM_ENV}"',
    'API_KEY=changeme12345678',
    'password: "********"',
    'secret: "xxxxxxxxxxxxxxxxxxxx"',
    'postgres://user:password@localhost:5432/app',
    'postgres://user:${password}@localhost/app',
    'https://example.com:8080/a@b',
    'git@github.com:owner/repository.git',
    'See https://user:pass@host for the form',
    "'auth.token.expired.v2': 'Your token has expired'",
    'label: "Password", placeholder: "Enter password"',
    'forgotPassword: "/account/forgot-password"',
    'const tokenPattern = /[a-z0-9]{16}/;',
    'tokenType: "urn:ietf:params:oauth:token-type:jwt"',
    'token = "/oauth2/v2.0/token"',
    'credential: OAuth2TokenCredential<Flow>;',
    'submitPassword: RESET_PASSWORD_V2_SUBMIT,',
    'const accessKey = computeSha256Hash(input1, input2);',
    'let token = nextToken2;',
    'for token in tokenizer.tokenize(text2):',
    'Authorization: `Bearer ${token}`',
    'Authorization: Bearer <access_token_0123456789>',
    'the bearer authentication-scheme-of-the-web is old',
    'curl -u user:password https://example.com',
    pieced('AKIA', 'IOSFODNN7EXAMPLE'),
    pieced('gh', 'p_', 'x'.repeat(36)),
    'if (text.startsWith("-----BEGIN PRIVATE KEY-----")) return parse(text);',
    '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----',
    'sk-estimator-for-machine-learning',
    'class="sk-circle-fade-dot sk-bounce-animation-delayed-by-a-bit"',
    'npm_config_user_agent and npm_package_json',
    'max_tokens: 4096, token_limit: 1234567890',
    '"tokenizer": "cl100k_base_with_more_words"',
    'key-value pairs, key-0123',
    'Server=localhost;Database=app;Trusted_Connection=True;',
    'const { password, token } = request.body;',
    'assertEqual(password, "swordfish")',
  ];
}

/** For texts that a scanner of this repository could take for a secret. */
function pieced(...pieces: readonly string[]): string {
  return pieces.join('');
}
