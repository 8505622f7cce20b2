import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';

/** A client that says nothing is not kept waiting for longer. */
const patienceMs = 2000;

/** The first bytes of a connection: the key in hexadecimal and a line feed. Nothing is parsed before they fit. */
export function presentKey(socket: Socket, key: string): void {
  socket.write(`${key}\n`);
}

/** Whether the other side knows the key; closes the connection if not. What follows the key stays in the socket. */
export async function admit(socket: Socket, key: string): Promise<boolean> {
  const expected = Buffer.from(`${key}\n`);
  const admitted = await firstBytes(socket, expected.length).then(
    (bytes) => bytes.length === expected.length && timingSafeEqual(bytes, expected),
    () => false,
  );
  if (!admitted) socket.destroy();
  return admitted;
}

/** The first `count` bytes, or fewer as soon as they cannot become a key; rejects when the socket ends or keeps silent. */
function firstBytes(socket: Socket, count: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      socket.pause();
      socket.off('data', onData).off('close', onClose).off('error', onClose);
      finish();
    };
    const onData = (data: Buffer) => {
      received = Buffer.concat([received, data]);
      if (received.length < count && /^[0-9a-f]*$/.test(received.toString('latin1'))) return;
      settle(() => {
        if (received.length > count) socket.unshift(received.subarray(count));
        resolve(received.subarray(0, count));
      });
    };
    const onClose = () => settle(() => reject(new Error('The connection ended before the key was complete.')));
    const timer = setTimeout(onClose, patienceMs);
    socket.on('data', onData).on('close', onClose).on('error', onClose);
  });
}
