import { chat, Disposable, lm, type LogOutputChannel, Uri } from 'vscode';
import type { EngineClient } from '../engineClient.ts';
import { registerChatProvider } from './chatProviderApi.ts';
import { ModelProvider, vendor } from './modelProvider.ts';
import { offerParticipant } from './participant.ts';
import { offerSearchTool } from './searchTool.ts';

/**
 * Hearth for VS Code's own chat: its model, its search as a tool, and `@hearth`. Editors made from VS Code lack one or
 * the other; what is missing is not offered.
 */
export function offerLanguageModel(engine: EngineClient, extensionUri: Uri, log: LogOutputChannel): Disposable {
  const provider = new ModelProvider({ completion: engine.completion, onStatus: engine.onStatus });
  // The types say that these exist, which only VS Code itself promises.
  const [hasTools, hasChat] = [
    typeof lm?.registerTool === 'function',
    typeof chat?.createChatParticipant === 'function',
  ];
  const provided = registerChatProvider(vendor, provider);
  log.debug(
    `VS Code's chat: ${provided ? 'model' : 'no model'}, ${hasTools ? 'tools' : 'no tools'}, ${hasChat ? 'participant' : 'no participant'}`,
  );
  return Disposable.from(
    provider,
    ...(provided ? [provided] : []),
    ...(hasTools ? [offerSearchTool(engine.index)] : []),
    ...(hasChat ? [offerParticipant(engine.completion, Uri.joinPath(extensionUri, 'media/icon.png'), log)] : []),
  );
}
