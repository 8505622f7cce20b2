import { type ExtensionContext, window } from 'vscode';
import { offerChat } from './editor/chat/offerChat.ts';
import { tellCursorRest } from './editor/cursorRest.ts';
import { offerEdits } from './editor/edits/offerEdits.ts';
import { EngineClient } from './editor/engineClient.ts';
import { offerIndexControl } from './editor/indexControl.ts';
import { offerLanguageModel } from './editor/languageModel/offerLanguageModel.ts';
import { offerServer, serverKeyOf } from './editor/languageModel/serverKey.ts';
import { showLanguageStatus } from './editor/languageStatus.ts';
import { offerMenu } from './editor/menu.ts';
import { offerPersonal } from './editor/personal/offerPersonal.ts';
import { offerModels } from './editor/pickModel.ts';
import { offerSearchModels } from './editor/pickSearchModel.ts';
import { tellProblems } from './editor/problems.ts';
import { offerSearch } from './editor/searchCode.ts';
import { offerStatistics } from './editor/statistics.ts';
import { showStatusBar } from './editor/statusBar.ts';
import { watchStatus } from './editor/statusWatch.ts';
import { offerToggles } from './editor/toggles.ts';
import { offerContext } from './editor/whyContext.ts';
import type { IndexStatus } from './protocol/indexMessages.ts';
import type { EngineStatus } from './protocol/messages.ts';
import type { PersonalStatus } from './protocol/personalMessages.ts';

/** What `activate` returns, for the tests that run inside VS Code. Not an API for other extensions. */
export interface HearthApi {
  status(): EngineStatus;
  /** Resolves when completions are served or switched off; rejects when the engine reports an error instead. */
  whenReady(): Promise<void>;
  indexStatus(): IndexStatus;
  /** Undefined until the engine has said it. */
  personalStatus(): PersonalStatus | undefined;
  /** Undefined while the engine is down or being started. */
  enginePid(): number | undefined;
}

let engine: EngineClient | undefined;

export function activate(context: ExtensionContext): HearthApi {
  const log = window.createOutputChannel('Hearth', { log: true });
  const client = new EngineClient({
    serverModule: context.asAbsolutePath('dist/server.js'),
    workingFolder: context.extensionPath,
    serverKey: (origin) => serverKeyOf(context.secrets, origin),
    log,
  });
  const status = watchStatus(client);
  const edits = offerEdits(client.edits, log);
  context.subscriptions.push(
    log,
    client,
    status,
    showStatusBar(status),
    showLanguageStatus(status),
    tellProblems(client, log),
    tellCursorRest(client),
    offerToggles(log),
    offerModels(client, log),
    offerSearchModels(client, log),
    offerStatistics(client, log),
    offerSearch(client.index, log),
    offerContext(client.index, log),
    offerIndexControl(client.index, log),
    offerPersonal(client.personal, context.extensionUri, log),
    edits,
    offerServer(context.secrets, log),
    offerLanguageModel(client, context.extensionUri, log),
    offerChat({
      engine: client,
      extensionUri: context.extensionUri,
      kept: context.workspaceState,
      log,
      applyAnswer: (answer) => edits.applyAnswer(answer),
    }),
    offerMenu(status, context.extension.id, log),
  );
  client.start();
  engine = client;
  return {
    status: () => client.status,
    whenReady: () => client.whenReady(),
    indexStatus: () => client.index.status,
    personalStatus: () => client.personal.status,
    enginePid: () => client.pid,
  };
}

/** VS Code waits for this; the subscriptions are disposed after it. */
export async function deactivate(): Promise<void> {
  await engine?.stop();
}
