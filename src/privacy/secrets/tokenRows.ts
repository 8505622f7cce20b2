import { isVaried, looksRandom } from './looksRandom.ts';
import { type SecretRow, wholeWord } from './secretRow.ts';

/** A token that its issuer made recognizable by how it begins. */
export interface TokenRow extends SecretRow {
  /** The source of a pattern for the beginning: a few characters, the first of which is a letter or digit. */
  readonly start: string;
}

function token(name: string, start: string, rest: string): TokenRow {
  return { name, start, pattern: wholeWord(`${start}${rest}`), isSecret: isVaried };
}

const r = String.raw;

/** By issuer, in the shapes that their documentation and public scanners (gitleaks, secretlint) know. */
export const tokenRows: readonly TokenRow[] = [
  token('1Password secret key', 'A3-[A-Z0-9]{6}-', '(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}'),
  token('1Password service account', 'ops_eyJ', r`[\w+/=-]{100,2000}`),
  token('age key', 'AGE-SECRET-KEY-1', '[A-Z0-9]{58}'),
  token('Alibaba access key', 'LTAI', '[A-Za-z0-9]{12,26}'),
  token('Anthropic', 'sk-ant-', r`[\w-]{20,}`),
  token('Artifactory', '(?:AKCp|cmVmd)', '[A-Za-z0-9]{58,}'),
  token('Atlassian', 'AT(?:ATT3|CTT3|BB)', r`[\w=-]{28,}`),
  token('AWS access key', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{4}', '[A-Z2-7]{12}'),
  token('AWS Bedrock key', 'ABSK[A-Za-z0-9+/]{4}', '[A-Za-z0-9+/]{100,}={0,2}'),
  token('Buildkite', 'bkua_', '[0-9a-f]{40}'),
  token('Clojars', 'CLOJARS_', '[a-z0-9]{60}'),
  token('Databricks', 'dapi[a-f0-9]{4}', r`[a-f0-9]{28}(?:-\d)?`),
  token('DigitalOcean', 'do[opr]_v1_', '[a-f0-9]{64}'),
  token('Docker', 'dckr_[po]at_', r`[\w-]{24,}`),
  token('Doppler', r`dp\.(?:pt|st|ct|sa|scim|audit)\.`, r`(?:[\w-]+\.)?[A-Za-z0-9]{40,44}`),
  token('Dropbox', r`sl\.(?:u\.)?[\w-]{8}`, r`[\w-]{120,}`),
  token('Dynatrace', r`dt0[a-z]\d{2}\.`, r`[A-Z0-9]{24}\.[A-Z0-9]{64}`),
  token('Figma', 'figd_', r`[\w-]{36,}`),
  token('Fly.io', '(?:fo1_|fm1[ar]_|fm2_)', r`[\w+/-]{43,}=*`),
  token('GitHub', 'gh[opsur]_', '[A-Za-z0-9]{36,251}'),
  token('GitHub, fine-grained', 'github_pat_', r`\w{50,}`),
  token('GitLab', 'gl(?:pat|ptt|dt|rt|rtr|cbt|ft|imt|agent|soat|oas|ffct|wt)-', r`[\w.-]{20,}`),
  token('GitLab runner', 'GR1348941', r`[\w-]{20,}`),
  token('Google API key', 'AIza', r`[\w-]{35}`),
  token('Google OAuth', r`(?:ya29\.|GOCSPX-)`, r`[\w.-]{28,}`),
  token('Grafana', '(?:glsa_|glc_eyJ|eyJrIjoi)', '[A-Za-z0-9+/_]{30,}={0,2}'),
  token('Groq, xAI, Perplexity', '(?:gsk_|xai-|pplx-)', '[A-Za-z0-9]{40,}'),
  token('Heroku', 'HRKU-', r`[\w-]{36,}`),
  token('Hugging Face', '(?:hf|api_org)_[A-Za-z]{8}', '[A-Za-z]{26}'),
  token('JSON web token', r`eyJ[\w-]{8,400}\.eyJ`, r`[\w-]{8,}(?:\.[\w-]*)?`),
  token('Linear', 'lin_(?:api|oauth)_', '[A-Za-z0-9]{32,}'),
  token('Mailgun', '(?:pub)?key-[0-9a-f]{4}', '[0-9a-f]{28}'),
  token('New Relic', 'NR(?:AK|II|JS)-', r`[\w-]{19,32}`),
  token('Notion', r`(?:ntn_\d{4}|secret_[A-Za-z0-9]{12})`, '[A-Za-z0-9]{31,}'),
  token('npm', 'npm_[A-Za-z0-9]{8}', '[A-Za-z0-9]{28}'),
  { ...token('OpenAI and its like', 'sk-(?:[a-z0-9]{2,8}-)?[A-Za-z0-9]', r`[\w-]{31,}`), isSecret: looksRandom },
  token('Planetscale', 'pscale_(?:pw|tkn|oauth)_', r`[\w.=-]{32,}`),
  token('Postman', 'PMAK-', '[a-f0-9]{24}-[a-f0-9]{34}'),
  token('Pulumi', 'pul-[a-f0-9]{4}', '[a-f0-9]{36}'),
  token('PyPI', 'pypi-AgE', r`[\w-]{50,}`),
  token('Replicate', 'r8_[A-Za-z0-9]{4}', '[A-Za-z0-9]{33}'),
  token('RubyGems', 'rubygems_', '[a-f0-9]{48}'),
  token('SendGrid', r`SG\.[\w-]{8}`, r`[\w-]{8,24}\.[\w-]{16,64}`),
  token('Sendinblue', 'xkeysib-', '[a-f0-9]{64}-[A-Za-z0-9]{16}'),
  token('Sentry', '(?:sntrys_eyJ|sntryu_)', r`[\w+/=-]{60,}`),
  token('Shopify', 'shp(?:at|ca|pa|ss)_', '[a-fA-F0-9]{32}'),
  token('Slack', r`(?:xox[a-z](?:\.xox[a-z])?-|x(?:app|wfp)-\d-)`, r`[\w-]{10,}`),
  token('Square', '(?:sq0(?:atp|csp|idp)-|EAAA[A-Za-z0-9])', r`[\w-]{22,}`),
  token('Stripe', '(?:[sr]k_(?:live|test|prod)|whsec)_', '[A-Za-z0-9+/=]{16,}'),
  token('Supabase', '(?:sbp_[a-f0-9]|sb_secret_)', r`[\w-]{20,}`),
  token('Twilio', 'SK[0-9a-f]{6}', '[0-9a-f]{26}'),
  token('Vault', r`hv[sbr]\.`, r`[\w-]{24,}`),
  token('Vercel', 'vc[pikar]_', r`[\w-]{24,}`),
];
