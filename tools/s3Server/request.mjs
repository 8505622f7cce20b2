// Asks an S3 server something, signed as AWS's Signature Version 4 says. The little that tests need.
import { createHash, createHmac } from 'node:crypto';

const region = 'us-east-1';

/**
 * @param {{ endpoint: string, keys: { accessKeyId: string, secretAccessKey: string }, method: string, path: string,
 *   query?: Record<string, string>, body?: string }} options
 * @returns {Promise<{ status: number, bytes: Buffer }>} whatever the status
 */
export async function request({ endpoint, keys, method, path, query = {}, body = '' }) {
  const { host } = new URL(endpoint);
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const signed = { host, 'x-amz-content-sha256': sha256(body), 'x-amz-date': time };
  const names = Object.keys(signed);
  const queryText = Object.keys(query)
    .toSorted()
    .map((name) => `${encode(name)}=${encode(query[name])}`)
    .join('&');
  const escapedPath = path.split('/').map(encode).join('/');
  const lines = names.map((name) => `${name}:${signed[name]}`);
  const canonical = [method, escapedPath, queryText, ...lines, '', names.join(';'), sha256(body)].join('\n');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const key = scope.split('/').reduce(hmac, `AWS4${keys.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  const credential = `Credential=${keys.accessKeyId}/${scope}`;
  const response = await fetch(`${endpoint}${escapedPath}${queryText === '' ? '' : `?${queryText}`}`, {
    method,
    headers: {
      'x-amz-content-sha256': signed['x-amz-content-sha256'],
      'x-amz-date': time,
      authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
    ...(body === '' ? {} : { body }),
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
