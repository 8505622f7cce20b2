import type { LocalModel } from './localModel.ts';
import type { ServerModel } from './serverModel.ts';

/** Whoever answers: the server, where the user entered one; else the model on this machine. */
export function answeringModel(server: Pick<ServerModel, 'now' | 'known'>, local: LocalModel): LocalModel {
  return {
    now: () => server.now() ?? local.now(),
    whyNone: () => (server.now() === undefined ? local.whyNone() : undefined),
    known: (signal) => (server.now() === undefined ? local.known(signal) : server.known(signal)),
  };
}
