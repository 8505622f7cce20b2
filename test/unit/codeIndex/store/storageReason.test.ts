import assert from 'node:assert/strict';
import { storageReason } from '../../../../src/codeIndex/store/storageReason.ts';
import { isPassing } from '../../../../src/codeIndex/store/storeFaults.ts';

/** As LanceDB 0.39 says it. */
const listing = (inner: string) =>
  `Invalid input, Failed to connect to namespace: IO { source: Generic { store: "S3", source: ListRequest { source: RetryError(RetryErrorImpl { method: GET, uri: Some(http://127.0.0.1:44767/hearth?list-type=2&prefix=x%2F__manifest%2F_versions%2F), retries: 0, max_retries: 3, elapsed: 4.075158ms, retry_timeout: 180s, inner: ${inner} }) } }, location: Location { file: "/usr/local/cargo/registry/src/index.crates.io-1949cf8c6b5b557f/lance-io-12.0.0/src/object_store.rs", line: 1490, column: 92 }, backtrace: MaybeBacktrace }`;
const status = (number: number, code: string) =>
  listing(
    `Status { status: ${number}, body: Some("<?xml version=\\"1.0\\" encoding=\\"UTF-8\\"?><Error><Code>${code}</Code><Message></Message><RequestId>tx00000d</RequestId></Error>") }`,
  );
const http = (source: string) =>
  listing(`Http(HttpError { kind: Connect, source: reqwest::Error { kind: Request, source: ${source} } })`);

describe('what is said of object storage', () => {
  const cases: Readonly<Record<string, string>> = {
    [status(403, 'InvalidAccessKeyId')]: 'the server says InvalidAccessKeyId',
    [status(403, 'SignatureDoesNotMatch')]: 'the server says SignatureDoesNotMatch',
    [status(404, 'NoSuchBucket')]: 'the server says NoSuchBucket',
    [status(503, 'SlowDown')]: 'the server says SlowDown',
    [status(500, 'InternalError')]: 'the server says InternalError',
    [http('ConnectError("tcp connect error", 127.0.0.1:1, Os { code: 111, message: "Connection refused" })')]:
      'the server cannot be reached',
    [http('ConnectError("dns error", Custom { error: "failed to lookup address information" })')]:
      'there is no server of this name',
    [listing('Http(HttpError { kind: Timeout, source: reqwest::Error { kind: Request, source: TimedOut } })')]:
      'the server does not answer',
  };

  it('is short, and no reason to begin the store anew', () => {
    for (const [said, reason] of Object.entries(cases)) {
      assert.equal(storageReason(new Error(said)), reason);
      assert.equal(isPassing(new Error(said)), true, reason);
    }
  });

  it('is another thing when the store is not there, or damaged', () => {
    const absent =
      "Table 'meta' was not found\n\nCaused by: Dataset at path x/meta.lance was not found: Not found: x/meta.lance/_versions, /usr/local/cargo/registry/src/commit.rs:670:26";
    assert.equal(storageReason(new Error(absent)), "Table 'meta' was not found");
    assert.equal(isPassing(new Error(absent)), false);
    assert.equal(isPassing(new Error('Object at location x/data/1.lance not found: status: 404 Not Found')), false);
    assert.ok(storageReason(new Error('a'.repeat(5_000))).length < 200);
  });
});
