/** Whoever may reach the server. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Server extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** `reader` may list and fetch, but not change anything. */
  readonly users: { readonly writer: Keys; readonly reader: Keys };
  /** As `writer`. Answers whatever the status is. */
  request(
    method: string,
    path: string,
    options?: { readonly query?: Readonly<Record<string, string>>; readonly body?: string; readonly keys?: Keys },
  ): Promise<{ readonly status: number; readonly bytes: Buffer }>;
}

export const bucket: string;

/**
 * A real S3-compatible server with one bucket, in memory. It ends when it is disposed, and when this process ends,
 * however that happens. Rejects where it cannot be had, and says why.
 */
export function startS3Server(): Promise<S3Server>;

/** What has to be in the environment of whoever is to reach it. */
export function environmentFor(endpoint: string, keys: Keys): Record<string, string>;
