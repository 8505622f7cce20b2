import assert from 'node:assert/strict';
import { storageOptions } from '../../../src/codeIndex/storageOptions.ts';

const optionsWith = (env: NodeJS.ProcessEnv, location = 's3://bucket/prefix') =>
  storageOptions(location, 'writer', env).storageOptions;

describe('how object storage is reached', () => {
  it('goes by the AWS variables that LanceDB does not read by itself', () => {
    assert.deepEqual(optionsWith({}), {});
    assert.deepEqual(optionsWith({ AWS_ENDPOINT_URL: 'https://s3.example.org', AWS_DEFAULT_REGION: 'eu-1' }), {
      endpoint: 'https://s3.example.org',
      region: 'eu-1',
    });
    const both = { AWS_ENDPOINT_URL: 'https://other.example.org', AWS_ENDPOINT_URL_S3: 'https://s3.example.org' };
    assert.equal(optionsWith(both)?.['endpoint'], 'https://s3.example.org');
  });

  it('allows a connection that is not encrypted only to a server that is named so', () => {
    assert.equal(optionsWith({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9000' })?.['allow_http'], 'true');
    assert.equal(optionsWith({ AWS_ENDPOINT_URL: 'https://s3.example.org' })?.['allow_http'], undefined);
  });

  it('takes no address that is none', () => {
    for (const address of ['', 'minio:9000', 'file:///etc'])
      assert.throws(() => optionsWith({ AWS_ENDPOINT_URL: address }), /https:/);
  });

  it('says nothing of a folder', () => {
    assert.equal(optionsWith({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9000' }, '/srv/team'), undefined);
  });

  it('has readers wait for less than writers', () => {
    assert.equal(storageOptions('s3://bucket/prefix', 'reader', {}).storageOptions?.['client_max_retries'], '2');
  });
});
