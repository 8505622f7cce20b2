import fc from 'fast-check';

/** A secret and the line it stands in. Put together here, so that nothing in this repository looks like one. */
export interface SecretSample {
  readonly text: string;
  readonly secret: string;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const hexDigits = '0123456789abcdef';
const upper = lower.toUpperCase();
const letters = lower + upper;
const base62 = letters + digits;
const base32 = `${upper}234567`;
const urlSafe = `${base62}-_`;
const base64 = `${base62}+/`;

function random(alphabet: string, length: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...Array.from(alphabet)), { minLength: length, maxLength: length })
    .filter((characters) => new Set(characters).size >= Math.min(8, length / 2))
    .map((characters) => characters.join(''));
}

/** Ends in a letter: a token may end in `-`, but the sign after it could then belong to it. */
function urlSafeText(length: number): fc.Arbitrary<string> {
  return fc.tuple(random(base62, 1), random(urlSafe, length - 2), random(base62, 1)).map((parts) => parts.join(''));
}

function joined(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));
}

/** A token with a tell-tale beginning, in the places where tokens are found. */
function anywhere(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<SecretSample> {
  const places = ['const x = "', 'x: ', '  - ', "f('", '# ', 'https://host/?k=', '"a","', '`', ''];
  const ends: Readonly<Record<string, string>> = { 'const x = "': '";', "f('": "')", '"a","': '","b"', '`': '`' };
  return fc.tuple(joined(...parts), fc.constantFrom(...places)).map(([secret, place]) => ({
    secret,
    text: `${place}${secret}${ends[place] ?? ''}`,
  }));
}

/** In one of the lines, where `█` is. */
function within(secret: fc.Arbitrary<string>, ...lines: readonly string[]): fc.Arbitrary<SecretSample> {
  return fc
    .tuple(secret, fc.constantFrom(...lines))
    .map(([text, line]) => ({ secret: text, text: line.replace('█', () => text) }));
}

function pieced(...pieces: readonly string[]): string {
  return pieces.join('');
}

/** Letters and digits as a password generator mixes them: never a digit less than two. */
const generated = fc
  .tuple(random(base62, 14), random(digits, 1), random(letters, 1), random(digits, 1), random(base62, 14))
  .map((parts) => parts.join(''));
/** As people choose them. */
const chosen = fc
  .tuple(
    fc.constantFrom('Summer', 'hunter', 'dragon', 'Tr0ub4dor', 'letmein'),
    random(digits, 2),
    fc.constantFrom('', '!', '#7', '&3'),
  )
  .map((parts) => parts.join(''));
const pemLines = fc.array(random(base64, 64), { minLength: 2, maxLength: 6 });
const pemMark = (which: string, kind: string) => pieced(`-----${which} ${kind}PRIVATE `, 'KEY', `-----`);

/** By the name of the row. */
export const secretSamples: Readonly<Record<string, fc.Arbitrary<SecretSample>>> = {
  '1Password secret key': anywhere(
    'A3-',
    random(base32, 6),
    '-',
    random(base32, 11),
    '-',
    random(base32, 5),
    '-',
    random(base32, 5),
    '-',
    random(base32, 5),
  ),
  '1Password service account': anywhere('ops_', 'eyJ', random(base62, 250)),
  'age key': anywhere('AGE-SECRET-', 'KEY-1', random(base32, 58)),
  'Alibaba access key': anywhere('LT', 'AI', random(base62, 20)),
  Anthropic: anywhere('sk-', 'ant-api03-', urlSafeText(93), 'AA'),
  Artifactory: anywhere(
    fc.constantFrom('AKC', 'cmVm').map((text) => (text === 'AKC' ? 'AKCp' : 'cmVmd')),
    random(base62, 69),
  ),
  Atlassian: anywhere('AT', 'ATT3', urlSafeText(186)),
  'AWS access key': anywhere(fc.constantFrom('AK', 'AS'), 'IA', random(base32, 16)),
  'AWS Bedrock key': anywhere('AB', 'SK', random(base62, 128)),
  Buildkite: anywhere('bk', 'ua_', random(hexDigits, 40)),
  Clojars: anywhere('CLO', 'JARS_', random(lower + digits, 60)),
  Databricks: anywhere('da', 'pi', random(hexDigits, 32)),
  DigitalOcean: anywhere(fc.constantFrom('dop', 'doo', 'dor'), '_v1_', random(hexDigits, 64)),
  Docker: anywhere('dckr', '_pat_', urlSafeText(27)),
  Doppler: anywhere('dp', '.pt.', random(base62, 43)),
  Dropbox: anywhere('sl', '.', urlSafeText(140)),
  Dynatrace: anywhere('dt0', 'c01.', random(base32, 24), '.', random(base32, 64)),
  Figma: anywhere('fi', 'gd_', urlSafeText(40)),
  'Fly.io': anywhere('fo', '1_', urlSafeText(43)),
  GitHub: anywhere('g', fc.constantFrom('hp_', 'ho_', 'hu_', 'hs_', 'hr_'), random(base62, 36)),
  'GitHub, fine-grained': anywhere('github', '_pat_', random(base62, 22), '_', random(base62, 59)),
  GitLab: anywhere('gl', fc.constantFrom('pat', 'ptt', 'dt', 'cbt', 'soat'), '-', urlSafeText(20)),
  'GitLab runner': anywhere('GR134', '8941', urlSafeText(20)),
  'Google API key': anywhere('AI', 'za', urlSafeText(35)),
  'Google OAuth': fc.oneof(anywhere('GOC', 'SPX-', urlSafeText(28)), anywhere('ya', '29.', urlSafeText(60))),
  Grafana: anywhere('gl', 'sa_', random(base62, 32), '_', random(hexDigits, 8)),
  'Groq, xAI, Perplexity': anywhere('gs', 'k_', random(base62, 52)),
  Heroku: anywhere('HR', 'KU-', urlSafeText(60)),
  'Hugging Face': anywhere('h', 'f_', random(letters, 34)),
  'JSON web token': anywhere('ey', 'J', urlSafeText(33), '.ey', 'J', urlSafeText(60), '.', urlSafeText(43)),
  Linear: anywhere('lin', '_api_', random(base62, 40)),
  Mailgun: anywhere('ke', 'y-', random(hexDigits, 32)),
  'New Relic': anywhere('NR', 'AK-', random(base32, 27)),
  Notion: fc.oneof(
    anywhere('nt', 'n_', random(digits, 11), random(base62, 35)),
    anywhere('sec', 'ret_', random(base62, 43)),
  ),
  npm: anywhere('np', 'm_', random(base62, 36)),
  'OpenAI and its like': fc.oneof(
    anywhere('sk', '-', random(base62, 48)),
    anywhere('sk', '-', 'proj-', urlSafeText(74), 'T3Blbk', 'FJ', urlSafeText(74)),
  ),
  Planetscale: anywhere('psc', 'ale_pw_', urlSafeText(43)),
  Postman: anywhere('PM', 'AK-', random(hexDigits, 24), '-', random(hexDigits, 34)),
  Pulumi: anywhere('pu', 'l-', random(hexDigits, 40)),
  PyPI: anywhere('py', 'pi-', 'AgEIcHlwaS5vcmc', urlSafeText(80)),
  Replicate: anywhere('r', '8_', random(base62, 37)),
  RubyGems: anywhere('ruby', 'gems_', random(hexDigits, 48)),
  SendGrid: anywhere('S', 'G.', urlSafeText(22), '.', urlSafeText(43)),
  Sendinblue: anywhere('xkey', 'sib-', random(hexDigits, 64), '-', random(base62, 16)),
  Sentry: anywhere('sntr', 'yu_', random(hexDigits, 64)),
  Shopify: anywhere('sh', fc.constantFrom('pat', 'pca', 'ppa', 'pss'), '_', random(hexDigits, 32)),
  Slack: anywhere('xo', fc.constantFrom('xb', 'xp', 'xa'), '-', random(digits, 12), '-', random(base62, 24)),
  Square: anywhere('sq', '0atp-', urlSafeText(22)),
  Stripe: anywhere(fc.constantFrom('sk', 'rk'), fc.constantFrom('_live_', '_test_'), random(base62, 24)),
  Supabase: anywhere('sb', 'p_', random(hexDigits, 40)),
  Twilio: anywhere('S', 'K', random(hexDigits, 32)),
  Vault: anywhere('hv', 's.', urlSafeText(90)),
  Vercel: anywhere('vc', 'p_', urlSafeText(52)),

  'private key': fc
    .tuple(pemLines, fc.constantFrom('', 'RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED '), fc.boolean())
    .map(([lines, kind, oneLine]) => {
      const end = oneLine ? '\\n' : '\n';
      const whole = [pemMark('BEGIN', kind), ...lines, pemMark('END', kind)].join(end);
      return { secret: lines.join('\n'), text: oneLine ? `key = "${whole}"` : whole };
    }),
  'PuTTY key': pemLines.map((lines) => ({
    secret: lines.join('\n'),
    text: pieced(`Private-`, 'Lines', `: ${lines.length}\n${lines.join('\n')}\nPrivate-MAC: 0`),
  })),
  'password in an address': within(
    fc.oneof(
      generated,
      chosen.filter((text) => !text.includes('#')),
    ),
    'postgres://app:█@db.internal:5432/app',
    'url = "mongodb+srv://root:█@cluster0.abc.mongodb.net"',
    'redis://:█@localhost:6379',
    'https://me:█@git.host/repo.git',
  ),
  'token in an address': within(generated, 'git clone https://█@github.com/owner/repo.git'),
  'password in a connection string': within(
    fc.oneof(generated, chosen),
    '"Server=db;Database=app;User Id=sa;Password=█;"',
    'Host=db;Username=app;Pwd=█',
    'cs: Password=█;Server=db;',
  ),
  'key of a storage account': within(
    random(base64, 86),
    pieced('DefaultEndpointsProtocol=https;AccountName=a;Account', 'Key', '=█==;EndpointSuffix=core'),
    pieced('Endpoint=sb://a;SharedAccess', 'Key', '=█='),
  ),
  'signature in an address': within(
    random(base62, 48),
    'https://a.blob.core.windows.net/c?sv=1&sig=█%3D',
    'https://s3/a?X-Amz-Signature=█&b',
  ),
  'authorization header': within(
    generated,
    'Authorization: Bearer █',
    "headers: { Authorization: 'Bearer █' }",
    '"Authorization": "Basic █=="',
  ),
  'user of curl': within(
    fc.oneof(generated, chosen),
    'curl -s -u admin:█ https://host',
    'curl --user "admin:█" https://host',
  ),
  'Azure client secret': anywhere(random(base62, 3), '8', 'Q~', urlSafeText(34)),
  Mailchimp: anywhere(random(hexDigits, 32), '-u', 's12'),
  'New Relic licence': anywhere(random(hexDigits, 36), 'NR', 'AL'),
  'Telegram bot': anywhere(random(digits, 9), ':A', 'A', urlSafeText(33)),
  'Terraform Cloud': anywhere(random(base62, 14), '.atlas', 'v1.', urlSafeText(66)),
  'Slack webhook': within(
    joined('T', random(base32, 9), '/B', random(base32, 9), '/', random(base62, 24)),
    pieced('https://hooks.', 'slack', '.com/services/█'),
  ),
  'Discord webhook': within(
    joined(random(digits, 18), '/', urlSafeText(68)),
    pieced('https://', 'discord', '.com/api/webhooks/█'),
  ),
  'Teams webhook': within(
    joined(random(hexDigits, 36), '@', random(hexDigits, 36), '/x'),
    pieced('https://a.webhook.', 'office', '.com/webhookb2/█'),
  ),
  'npm registry': within(generated, pieced('//registry.npmjs.org/:_auth', 'Token', '=█')),

  'quoted password': within(
    fc.oneof(generated, chosen),
    'const password = "█";',
    "{ user: 'a', password: '█' }",
    '"db_password" : "█",',
    "'PASSWORD' => '█',",
    'password: string = "█"',
    'var dbPwd string = "█"',
    'options.Password("█")',
    '<add key="AdminPassword" value="█" />',
    'os.getenv("PASSWORD_PROD", "█")',
    'let passphrase = `█`',
    'if password == "█":',
  ),
  'quoted secret': within(
    generated,
    'API_KEY = "█"',
    "clientSecret: '█',",
    '"aws_secret_access_key": "█"',
    "process.env.TOKEN = '█'",
    'static final String AUTH_TOKEN = "█";',
    'client.set("token", "█")',
    'private const string SigningKey = "█";',
  ),
  'password alone on its line': within(
    fc.oneof(generated, chosen),
    'DB_PASSWORD=█',
    'export PGPASSWORD=█',
    '  password: █',
    'password = █',
    'ENV ROOT_PASSWORD=█',
  ),
  'bare password': within(generated, 'mysql --user=root --password=█ app', 'login --password █ now', '{password: █}'),
  'bare secret': within(
    generated,
    'SECRET_KEY=█',
    'token: █',
    'cli --token █ push',
    'run -e API_KEY=█ image',
    'access-key = █',
  ),
  'secret in XML': within(
    fc.oneof(
      generated,
      chosen.filter((text) => !text.includes('&')),
    ),
    '<password>█</password>',
    '<ftp.apiKey>█</ftp.apiKey>',
  ),
};
