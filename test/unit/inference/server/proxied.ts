import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { exchange } from '../../../../src/inference/server/exchange.ts';
import { parseServerAddress } from '../../../../src/inference/server/serverAddress.ts';

/** Run with a proxy in its environment and a server as its argument: asks that server as Node does, then as we do. */
const server = process.argv[2] ?? '';
const usual = await new Promise<string>((resolve, reject) => {
  get(server, (response) => void text(response).then(resolve, reject)).once('error', reject);
});
const reply = await exchange({
  address: parseServerAddress(server),
  path: '/',
  key: undefined,
  signal: new AbortController().signal,
  patience: { connectMs: 5_000, answerMs: 5_000, silenceMs: 5_000 },
});
let ours = '';
for await (const piece of reply.pieces()) ours += piece.toString();
process.stdout.write(`${usual} ${ours}`);
