import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { exchange } from '../../../../src/inference/server/exchange.ts';
import { parseServerAddress } from '../../../../src/inference/server/serverAddress.ts';

/** For environments that Node reads when it starts: asks a server once, as we do or as Node does, and prints its answer. */
const [, , server = '', how] = process.argv;

async function ours(): Promise<string> {
  const reply = await exchange({
    address: parseServerAddress(server),
    path: '/',
    key: undefined,
    signal: new AbortController().signal,
    patience: { connectMs: 5_000, answerMs: 5_000, silenceMs: 5_000 },
  });
  return text(reply.pieces());
}

function asNodeDoes(): Promise<string> {
  return new Promise((resolve, reject) => {
    get(server, (response) => void text(response).then(resolve, reject)).once('error', reject);
  });
}

process.stdout.write(await (how === undefined ? ours() : asNodeDoes()));
