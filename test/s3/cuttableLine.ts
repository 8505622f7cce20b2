import { connect, createServer, type Socket } from 'node:net';

export interface CuttableLine extends AsyncDisposable {
  /** The same server, over this line. */
  readonly endpoint: string;
  /** Nobody is reached over it any more: connections break, and new ones are refused. */
  cut(): Promise<void>;
}

/** A line to a server on this machine that can be cut, as networks are. */
export async function cuttableLine(endpoint: string): Promise<CuttableLine> {
  const { hostname, port } = new URL(endpoint);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    const far = keep(connect(Number(port), hostname));
    keep(near).on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens nowhere');
  const cut = async (): Promise<void> => {
    const closed = new Promise((done) => server.close(done));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { endpoint: `http://127.0.0.1:${address.port}`, cut, [Symbol.asyncDispose]: cut };
}
