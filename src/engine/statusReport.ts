import type { Connection } from 'vscode-languageserver';
import type { Completer } from '../inference/completion/completer.ts';
import type { ModelRunner } from '../inference/host/modelRunner.ts';
import { type EngineStatus, Message, type ModelStatus } from '../protocol/messages.ts';
import type { ServerModel } from './chat/serverModel.ts';
import type { LiveSettings } from './liveSettings.ts';

/** Tells the client whenever what the status bar shows has changed. */
export function reportStatus(
  connection: Connection,
  parts: {
    readonly runner: ModelRunner;
    readonly completer: Completer;
    readonly settings: LiveSettings;
    readonly server: Pick<ServerModel, 'status' | 'onStatus'>;
  },
): void {
  let isBusy = false;
  let lastSent = '';
  const report = () => {
    const { status: server } = parts.server;
    const status = { ...statusOf(parts, isBusy), ...(server && { server }) };
    const text = JSON.stringify(status);
    if (text === lastSent) return;
    lastSent = text;
    void connection.sendNotification(Message.status, status);
  };
  parts.runner.onState.on(report);
  parts.settings.onChange.on(report);
  parts.server.onStatus.on(report);
  parts.completer.drafter.onBusy.on((busy) => {
    isBusy = busy;
    report();
  });
  report();
}

function statusOf({ runner, completer, settings }: Parameters<typeof reportStatus>[1], isBusy: boolean): EngineStatus {
  if (!settings.now.enable) return { state: 'off' };
  const { state } = runner;
  switch (state.kind) {
    case 'none':
    case 'loading':
      return { state: 'loading' };
    case 'failed':
      return { state: 'error', problem: state.problem };
    case 'restarting':
      return { state: 'loading', model: modelStatus(state.model, completer) };
    case 'ready':
      return { state: isBusy ? 'thinking' : 'ready', model: modelStatus(state.model, completer) };
  }
}

function modelStatus(
  model: { readonly id: string; readonly name: string; readonly device: string },
  { drafter: { speed } }: Completer,
): ModelStatus {
  return {
    id: model.id,
    name: model.name,
    device: model.device,
    ...(speed.decodePerSecond === undefined ? {} : { tokensPerSecond: Math.round(speed.decodePerSecond) }),
    ...(speed.latencyMs === undefined ? {} : { latencyMs: Math.round(speed.latencyMs) }),
  };
}
