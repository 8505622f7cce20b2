import { setTimeout } from 'node:timers/promises';
import { loadLance } from '../../src/codeIndex/store/lance.ts';
import { bucket, type S3Server } from '../../tools/s3Server/server.mjs';

/** Key to a mark that changes with the content. */
export async function objectsBelow(server: S3Server, prefix: string): Promise<Map<string, string>> {
  const objects = new Map<string, string>();
  for (let after = ''; ; ) {
    const query = { 'list-type': '2', prefix, ...(after === '' ? {} : { 'start-after': after }) };
    const { status, bytes } = await server.request('GET', `/${bucket}`, { query });
    if (status !== 200) throw new Error(`listing ended with ${status}: ${bytes.toString()}`);
    for (const [, entry = ''] of bytes.toString().matchAll(/<Contents>(.*?)<\/Contents>/gs))
      objects.set(/<Key>(.*?)<\/Key>/.exec(entry)?.[1] ?? '', /<ETag>(.*?)<\/ETag>/.exec(entry)?.[1] ?? '');
    if (!bytes.includes('<IsTruncated>true')) return objects;
    after = [...objects.keys()].at(-1) ?? '';
  }
}

/** Everything below a prefix as bytes: each object, then each row of each version of each table, as they are compressed. */
export async function* contentsBelow(server: S3Server, prefix: string): AsyncGenerator<Buffer> {
  for (const key of (await objectsBelow(server, prefix)).keys()) {
    const { status, bytes } = await server.request('GET', `/${bucket}/${key}`);
    if (status !== 200) throw new Error(`${key}: ${status}`);
    yield bytes;
  }
  for await (const row of rowsBelow(server, prefix)) yield Buffer.from(row);
}

/** Rows as JSON, those included that only older versions of a table show. */
async function* rowsBelow(server: S3Server, prefix: string): AsyncGenerator<string> {
  const { connect } = await loadLance();
  const database = await connect(`s3://${bucket}/${prefix}`, {
    storageOptions: {
      endpoint: server.endpoint,
      allow_http: 'true',
      region: 'us-east-1',
      aws_access_key_id: server.users.writer.accessKeyId,
      aws_secret_access_key: server.users.writer.secretAccessKey,
    },
  });
  for (const name of await database.tableNames()) {
    const table = await database.openTable(name);
    for (const { version } of await table.listVersions()) {
      await table.checkout(version);
      for (const row of await table.query().toArray()) yield JSON.stringify(row);
    }
    table.close();
  }
  database.close();
}

export async function until(happened: () => Promise<boolean>, what: string, withinMs = 20_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; !(await happened()); await setTimeout(50))
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
}
