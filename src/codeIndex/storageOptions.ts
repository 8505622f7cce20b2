/** A reader that gets no answer goes on without; a writer has the time that LanceDB takes. */
const readersPatience = {
  client_max_retries: '2',
  client_retry_timeout: '10',
  connect_timeout: '5s',
  timeout: '20s',
};

/**
 * What LanceDB has to be told to reach a place. It reads the `AWS_` variables by itself, but for these. Throws for an
 * address that is none.
 */
export function storageOptions(
  location: string,
  role: 'reader' | 'writer',
  env = process.env,
): { readonly storageOptions?: Readonly<Record<string, string>> } {
  if (!location.startsWith('s3://')) return {};
  const endpoint = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  // LanceDB would panic, also at an empty one.
  if (endpoint !== undefined && !/^https?:\/\/./.test(endpoint))
    throw new Error('AWS_ENDPOINT_URL has to begin with https:// or http://');
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  return {
    storageOptions: {
      ...(endpoint === undefined ? {} : { endpoint, region: region ?? 'us-east-1' }),
      // Such a server was named on purpose.
      ...(endpoint?.startsWith('http://') ? { allow_http: 'true' } : {}),
      ...(role === 'reader' ? readersPatience : {}),
    },
  };
}
