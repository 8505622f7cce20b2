/**
 * What can go wrong in a way the user should hear of. The engine sends the code and its facts; whoever shows it
 * calls `describeProblem` with its own `t` (the editor: `vscode.l10n.t`), so every text is translated in one place.
 */
export type Problem =
  | { readonly code: 'model.missing'; readonly path: string }
  | { readonly code: 'model.notGguf'; readonly path: string }
  | { readonly code: 'model.truncated'; readonly path: string; readonly haveBytes: number; readonly needBytes: number }
  | { readonly code: 'model.malformed'; readonly path: string; readonly reason: string }
  | { readonly code: 'model.unknown'; readonly id: string }
  | { readonly code: 'model.notDownloaded'; readonly name: string }
  | { readonly code: 'model.noFim'; readonly name: string }
  /** `reason`: why its chat template cannot be used; absent when it has none. */
  | { readonly code: 'model.noChat'; readonly name: string; readonly reason?: string }
  | { readonly code: 'model.unknownEmbedder'; readonly id: string }
  | { readonly code: 'model.notEmbedding'; readonly name: string }
  | { readonly code: 'model.loadFailed'; readonly name: string; readonly reason: string }
  | {
      readonly code: 'model.outOfMemory';
      readonly name: string;
      readonly needBytes: number;
      readonly freeBytes: number;
    }
  | { readonly code: 'host.crashing'; readonly crashes: number }
  | { readonly code: 'host.unsupported'; readonly reason: string }
  | { readonly code: 'download.offline'; readonly host: string }
  | { readonly code: 'download.refused'; readonly host: string; readonly status: number }
  | { readonly code: 'download.checksum'; readonly name: string }
  | { readonly code: 'download.diskFull'; readonly needBytes: number; readonly freeBytes: number }
  | { readonly code: 'download.cancelled'; readonly name: string }
  | { readonly code: 'events.unavailable'; readonly reason: string }
  | { readonly code: 'index.unsupported'; readonly reason: string }
  | { readonly code: 'index.crashing'; readonly crashes: number }
  | { readonly code: 'index.rebuilt'; readonly folder: string; readonly reason: string }
  | { readonly code: 'index.diskFull'; readonly folder: string }
  /** The embedded one stands in; `problem` says why the other cannot. */
  | { readonly code: 'index.embedder'; readonly name: string; readonly problem: Problem }
  | { readonly code: 'index.team'; readonly location: string; readonly reason: string }
  /** So many more examples it takes before anything can be learned. */
  | { readonly code: 'training.notEnough'; readonly missing: number }
  | { readonly code: 'training.off' }
  | { readonly code: 'training.busy' }
  | { readonly code: 'training.noModel' }
  | { readonly code: 'training.untrainable'; readonly name: string; readonly reason: string }
  | { readonly code: 'training.memory'; readonly reason: string }
  | { readonly code: 'training.unsupported'; readonly reason: string }
  | { readonly code: 'training.failed'; readonly reason: string }
  | { readonly code: 'style.damaged'; readonly aside: string; readonly reason: string }
  | { readonly code: 'adapter.none'; readonly path: string }
  | { readonly code: 'adapter.gguf'; readonly path: string }
  | { readonly code: 'adapter.pickle'; readonly path: string }
  | { readonly code: 'adapter.damaged'; readonly path: string; readonly reason: string }
  | { readonly code: 'adapter.config'; readonly path: string; readonly reason: string }
  | { readonly code: 'adapter.unsupported'; readonly feature: string }
  | { readonly code: 'adapter.architecture'; readonly architecture: string; readonly known: string }
  | { readonly code: 'adapter.otherBase'; readonly madeFor: string; readonly base: string }
  | { readonly code: 'adapter.misfit'; readonly base: string; readonly reason: string }
  | { readonly code: 'adapter.values'; readonly reason: string }
  | { readonly code: 'adapter.unknown'; readonly id: string }
  | { readonly code: 'adapter.lost'; readonly name: string }
  | { readonly code: 'adapter.notWritten'; readonly path: string; readonly reason: string }
  | { readonly code: 'adapter.busy' }
  /** A conversation that was damaged. `aside`: where the damaged file lies now; what could be read of it goes on. */
  | { readonly code: 'chat.damaged'; readonly aside: string; readonly reason: string }
  | { readonly code: 'chat.notSaved'; readonly reason: string }
  /** It was deleted, here or in another window. */
  | { readonly code: 'chat.gone' }
  /** The model's process ended while it answered, and did not come back. */
  | { readonly code: 'chat.modelGone' }
  /** The answer ends where the model's context does. */
  | { readonly code: 'chat.full' }
  /** The model fell into a loop and was stopped. */
  | { readonly code: 'chat.repeating' }
  | { readonly code: 'chat.failed'; readonly reason: string }
  /** Of a prompt that others laid out; our own are made to fit. */
  | { readonly code: 'chat.tooLong'; readonly promptTokens: number; readonly contextSize: number }
  /** It does not exist, lies outside of the workspace, is excluded, or is no text. */
  | { readonly code: 'context.notFound'; readonly what: string }
  | { readonly code: 'context.noSelection' }
  | { readonly code: 'context.noTerminal' }
  | { readonly code: 'context.noChanges'; readonly command: string }
  | { readonly code: 'context.untrusted' }
  | { readonly code: 'context.git'; readonly reason: string }
  /** The setting is no address. With a name or password in it: `server.credentials`, which repeats neither. */
  | { readonly code: 'server.address'; readonly address: string }
  | { readonly code: 'server.credentials'; readonly host: string }
  /** Plain http over a network that others use. It is used all the same: the user entered it. */
  | { readonly code: 'server.exposed'; readonly host: string }
  | { readonly code: 'server.unreachable'; readonly host: string; readonly reason: string }
  | { readonly code: 'server.silent'; readonly host: string; readonly seconds: number }
  | { readonly code: 'server.tls'; readonly host: string; readonly reason: string }
  | { readonly code: 'server.redirected'; readonly host: string; readonly to: string }
  | { readonly code: 'server.key'; readonly host: string }
  /** `model` is '' when it has none at all. */
  | { readonly code: 'server.noModel'; readonly host: string; readonly model: string }
  | { readonly code: 'server.noApi'; readonly host: string }
  | {
      readonly code: 'server.context';
      readonly host: string;
      readonly promptTokens?: number;
      readonly contextSize?: number;
    }
  | { readonly code: 'server.busy'; readonly host: string; readonly reason: string }
  | { readonly code: 'server.malformed'; readonly host: string; readonly reason: string }
  | { readonly code: 'server.brokeOff'; readonly host: string }
  /** `status` is 0 for what went wrong in the middle of an answer. */
  | { readonly code: 'server.failed'; readonly host: string; readonly status: number; readonly reason: string }
  | { readonly code: 'prompt.invalid'; readonly path: string; readonly reason: string }
  /** A planned change or a checkpoint is not kept any more. */
  | { readonly code: 'edits.gone' }
  /** Only files of an open folder can be changed. `reason`: of the path. */
  | { readonly code: 'edits.noFile'; readonly path: string }
  | { readonly code: 'edits.noModel' }
  /** The code and the task do not fit into the model's context. */
  | { readonly code: 'edits.tooLong'; readonly path: string; readonly model: string }
  | { readonly code: 'edits.nothing'; readonly model: string }
  | { readonly code: 'edits.noCheckpoint'; readonly reason: string };

/** What the user can do about a problem; the editor turns each into a button. */
export type ProblemAction = 'pickModel' | 'pickSearchModel' | 'showLog' | 'retry' | 'serverSetting' | 'serverKey';

export interface ProblemText {
  readonly message: string;
  readonly actions: readonly ProblemAction[];
}

/** Same contract as `vscode.l10n.t`: `{0}`, `{1}` are replaced by the arguments. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** The engine's own `t`: English. */
export const inEnglish: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));

/** Says what happened and what to do, in the language of `t`. */
export function describeProblem(problem: Problem, t: Translate = inEnglish): ProblemText {
  switch (problem.code) {
    case 'model.missing':
      return say(t('The model file {0} does not exist. Pick another model.', problem.path), 'pickModel');
    case 'model.notGguf':
      return say(
        t('{0} is not a GGUF model file, whatever its name says. Pick another file.', problem.path),
        'pickModel',
      );
    case 'model.truncated':
      return say(
        t(
          '{0} is incomplete: {1} of {2} are there. Download it again.',
          problem.path,
          inMegabytes(problem.haveBytes),
          inMegabytes(problem.needBytes),
        ),
        'pickModel',
      );
    case 'model.malformed':
      return say(
        t('{0} is damaged or hostile and was not loaded ({1}). Download it again.', problem.path, problem.reason),
        'pickModel',
      );
    case 'model.unknown':
      return say(t('The setting hearth.model names no known model: {0}. Pick a model.', problem.id), 'pickModel');
    case 'model.notDownloaded':
      return say(t('{0} is not downloaded yet. Pick it to download it.', problem.name), 'pickModel');
    case 'model.noFim':
      return say(
        t('{0} cannot complete in the middle of a file (it has no FIM tokens). Pick another model.', problem.name),
        'pickModel',
      );
    case 'model.noChat':
      return say(
        problem.reason === undefined
          ? t(
              '{0} cannot chat: it was made to complete code. Pick a model that was trained for instructions.',
              problem.name,
            )
          : t('{0} cannot chat, because its chat template cannot be used: {1}', problem.name, problem.reason),
        'pickModel',
      );
    case 'model.unknownEmbedder':
      return say(t('The setting hearth.embedder names no known embedding model: {0}.', problem.id), 'pickSearchModel');
    case 'model.notEmbedding':
      return say(t('{0} does not turn texts into vectors: it is no embedding model.', problem.name), 'pickSearchModel');
    case 'model.loadFailed':
      return say(t('{0} could not be loaded: {1}', problem.name, problem.reason), 'pickModel', 'showLog');
    case 'model.outOfMemory':
      return say(
        t(
          '{0} needs about {1} of memory and {2} are free. Pick a smaller model or close something.',
          problem.name,
          inMegabytes(problem.needBytes),
          inMegabytes(problem.freeBytes),
        ),
        'pickModel',
        'retry',
      );
    case 'host.crashing':
      return say(
        t('The model process stopped {0} times in a row. Pick a smaller model, or see the log.', problem.crashes),
        'pickModel',
        'retry',
        'showLog',
      );
    case 'host.unsupported':
      return say(t('The model cannot run on this machine: {0}', problem.reason), 'showLog');
    case 'download.offline':
      return say(t('{0} cannot be reached. Check the network, then try again.', problem.host), 'pickModel');
    case 'download.refused':
      return say(t('{0} refused the download (HTTP {1}). Try again later.', problem.host, problem.status), 'pickModel');
    case 'download.checksum':
      return say(
        t('{0} arrived damaged: its SHA-256 is wrong. It was deleted; download it again.', problem.name),
        'pickModel',
      );
    case 'download.diskFull':
      return say(
        t(
          'The disk is too full: {0} are needed and {1} are free.',
          inMegabytes(problem.needBytes),
          inMegabytes(problem.freeBytes),
        ),
        'pickModel',
      );
    case 'download.cancelled':
      return say(t('The download of {0} was stopped. Pick it again to go on where it stopped.', problem.name));
    case 'events.unavailable':
      return say(t('Completions work, but nothing is recorded for statistics: {0}', problem.reason), 'showLog');
    case 'index.unsupported':
      return say(t('The workspace cannot be indexed on this machine: {0}', problem.reason), 'showLog');
    case 'index.crashing':
      return say(
        t('The index process stopped {0} times in a row and was not started again. See the log.', problem.crashes),
        'showLog',
      );
    case 'index.rebuilt':
      return say(
        t('The index of {0} could not be read and is being built anew: {1}', problem.folder, problem.reason),
        'showLog',
      );
    case 'index.diskFull':
      return say(
        t('The disk is too full to index {0}. What is indexed can be searched; free some space.', problem.folder),
      );
    case 'index.embedder':
      return say(
        t(
          '{0} cannot be used for the index; the embedded model is used instead. {1}',
          problem.name,
          describeProblem(problem.problem, t).message,
        ),
        'pickSearchModel',
        'showLog',
      );
    case 'training.notEnough':
      return say(
        t('There is not enough to learn from yet: about {0} more accepted completions are needed.', problem.missing),
      );
    case 'training.off':
      return say(t('Learning is switched off (setting hearth.learn).'));
    case 'training.busy':
      return say(t('Another window is training already. Wait until it is done.'));
    case 'training.noModel':
      return say(t('No model is ready that could be trained. Wait until it is loaded, or pick one.'), 'pickModel');
    case 'training.untrainable':
      return say(t('{0} cannot be trained: {1}', problem.name, problem.reason), 'pickModel');
    case 'training.memory':
      return say(
        t('There is not enough memory to train ({0}). Close something, or pick a smaller model.', problem.reason),
      );
    case 'training.unsupported':
      return say(t('Training is not possible on this machine: {0}', problem.reason), 'showLog');
    case 'training.failed':
      return say(
        t('The training stopped: {0}. What was learned from is kept; start it again to go on.', problem.reason),
        'showLog',
      );
    case 'style.damaged':
      return say(
        t(
          'The edited style profile could not be read. It lies in {0} now, and a new one begins: {1}',
          problem.aside,
          problem.reason,
        ),
        'showLog',
      );
    case 'index.team':
      return say(t('The team index {0} cannot be read: {1}', problem.location, problem.reason), 'showLog');
    case 'adapter.none':
      return say(
        t(
          '{0} holds no adapter. Pick the folder with its adapter_model.safetensors and adapter_config.json.',
          problem.path,
        ),
      );
    case 'adapter.gguf':
      return say(
        t(
          '{0} is a GGUF adapter. Those of others are imported only as safetensors with an adapter_config.json, which can be checked: pick these.',
          problem.path,
        ),
      );
    case 'adapter.pickle':
      return say(
        t(
          '{0} is a pickle file, which can run code when it is opened, and was not read. Ask for the adapter as safetensors.',
          problem.path,
        ),
      );
    case 'adapter.damaged':
      return say(
        t('{0} is damaged or hostile and was not used ({1}). Get the adapter again.', problem.path, problem.reason),
      );
    case 'adapter.config':
      return say(
        t(
          '{0} describes no adapter that can be used ({1}). Save the adapter again with PEFT.',
          problem.path,
          problem.reason,
        ),
      );
    case 'adapter.unsupported':
      return say(t('The adapter uses {0}, which is not supported. Train it again without.', problem.feature));
    case 'adapter.architecture':
      return say(
        t(
          'There can be no adapter for models of the architecture {0}, only of {1}. Pick another model.',
          problem.architecture,
          problem.known,
        ),
        'pickModel',
      );
    case 'adapter.otherBase':
      return say(
        t('The adapter was made for {0}, not for {1}. Pick the model it was made for.', problem.madeFor, problem.base),
        'pickModel',
      );
    case 'adapter.misfit':
      return say(
        t('The adapter does not fit {0} ({1}). Pick the model it was made for.', problem.base, problem.reason),
        'pickModel',
      );
    case 'adapter.values':
      return say(
        t(
          'The adapter would spoil the model and was not used ({0}). Get it again, or train it at a lower learning rate.',
          problem.reason,
        ),
      );
    case 'adapter.unknown':
      return say(t('The adapter {0} is not there any more. Pick another.', problem.id));
    case 'adapter.lost':
      return say(
        t('The adapter {0} is missing or damaged and was left out. Pick another or train anew.', problem.name),
      );
    case 'adapter.notWritten':
      return say(
        t(
          'The adapter could not be written to {0}: {1}. Free some space or pick another folder.',
          problem.path,
          problem.reason,
        ),
      );
    case 'adapter.busy':
      return say(t('Another window is changing the adapters. Try again in a moment.'));
    case 'chat.damaged':
      return say(
        t(
          'A conversation was damaged. What could be read of it is kept; the damaged file lies in {0}: {1}',
          problem.aside,
          problem.reason,
        ),
        'showLog',
      );
    case 'chat.notSaved':
      return say(t('The conversation goes on, but it could not be saved: {0}', problem.reason), 'showLog');
    case 'chat.gone':
      return say(t('This conversation was deleted. Begin a new one.'));
    case 'chat.modelGone':
      return say(
        t('The model stopped while it was answering. Ask again, or pick another model.'),
        'pickModel',
        'showLog',
      );
    case 'chat.full':
      return say(
        t('The answer ends here because the context of the model is full. Begin a new conversation to go on.'),
      );
    case 'chat.repeating':
      return say(
        t('The model began to repeat itself and was stopped. Ask again, or pick a larger model.'),
        'pickModel',
      );
    case 'chat.failed':
      return say(t('The question could not be answered: {0}', problem.reason), 'showLog');
    case 'chat.tooLong':
      return say(
        t(
          'The question has {0} tokens, and the model takes {1}. Attach less, or pick a model with a larger context.',
          problem.promptTokens,
          problem.contextSize,
        ),
        'pickModel',
      );
    case 'context.notFound':
      return say(t('{0} was not found in the workspace, or may not be shown to a model.', problem.what));
    case 'context.noSelection':
      return say(t('Nothing is selected, and no file that may be shown to a model is in front.'));
    case 'context.noTerminal':
      return say(t('Nothing is selected in the terminal. Select what the model should see.'));
    case 'context.noChanges':
      return say(t('{0} shows no changes that a model may see.', problem.command));
    case 'context.untrusted':
      return say(t('Git is asked only in a folder that is open and trusted.'));
    case 'context.git':
      return say(t('Git could not be asked: {0}', problem.reason));
    case 'server.address':
      return say(
        t(
          'The setting hearth.server is no address of a model server: {0}. Write it like http://localhost:8080.',
          problem.address,
        ),
        'serverSetting',
      );
    case 'server.credentials':
      return say(
        t(
          'The setting hearth.server must hold no name and no password for {0}. Take them out, and keep a key with the command Hearth: Set Server Key.',
          problem.host,
        ),
        'serverSetting',
      );
    case 'server.exposed':
      return say(
        t(
          'What you ask {0}, and the code with it, crosses the network unencrypted. Use https, or a tunnel.',
          problem.host,
        ),
        'serverSetting',
      );
    case 'server.unreachable':
      return say(
        t('The model server {0} cannot be reached ({1}). Is it running?', problem.host, problem.reason),
        'serverSetting',
      );
    case 'server.silent':
      return say(
        t(
          'The model server {0} said nothing for {1} s. Ask again, or see what it is doing.',
          problem.host,
          problem.seconds,
        ),
      );
    case 'server.tls':
      return say(
        t(
          'The connection to the model server {0} cannot be trusted ({1}). Install its certificate authority on this machine.',
          problem.host,
          problem.reason,
        ),
        'serverSetting',
      );
    case 'server.redirected':
      return say(
        t(
          'The model server {0} wants to send your questions on to {1}. Hearth asks only the address that you entered.',
          problem.host,
          problem.to,
        ),
        'serverSetting',
      );
    case 'server.key':
      return say(t('The model server {0} wants a key, or refused the one it got.', problem.host), 'serverKey');
    case 'server.noModel':
      return say(
        problem.model === ''
          ? t('The model server {0} has no model. Load one there.', problem.host)
          : t(
              'The model server {0} has no model named {1}. Correct the setting hearth.serverModel.',
              problem.host,
              problem.model,
            ),
        'serverSetting',
      );
    case 'server.noApi':
      return say(
        t(
          '{0} answers, but not as a model server. Correct the setting hearth.server: the address without /v1 and what follows.',
          problem.host,
        ),
        'serverSetting',
      );
    case 'server.context':
      return say(
        problem.promptTokens === undefined || problem.contextSize === undefined
          ? t(
              'The question is too long for the model server {0}. Attach less, or begin a new conversation.',
              problem.host,
            )
          : t(
              'The question has {0} tokens, and the model server {1} takes {2}. Attach less, or begin a new conversation.',
              problem.promptTokens,
              problem.host,
              problem.contextSize,
            ),
      );
    case 'server.busy':
      return say(t('The model server {0} is busy: {1}. Ask again in a moment.', problem.host, problem.reason));
    case 'server.malformed':
      return say(
        t('The model server {0} answered something that cannot be read: {1}', problem.host, problem.reason),
        'showLog',
      );
    case 'server.brokeOff':
      return say(t('The answer of the model server {0} broke off. Ask again.', problem.host));
    case 'server.failed':
      return say(
        problem.status === 0
          ? t('The model server {0} could not finish: {1}', problem.host, problem.reason)
          : t('The model server {0} failed (HTTP {1}): {2}', problem.host, problem.status, problem.reason),
      );
    case 'prompt.invalid':
      return say(t('The prompt file {0} cannot be used: {1}', problem.path, problem.reason));
    case 'edits.gone':
      return say(t('This change is not kept any more. Ask for it again.'));
    case 'edits.noFile':
      return say(t('{0} cannot be changed here: save it into an open folder that Hearth may read.', problem.path));
    case 'edits.noModel':
      return say(
        t('No model is ready that can follow instructions. Pick one, or wait until it is loaded.'),
        'pickModel',
      );
    case 'edits.tooLong':
      return say(
        t(
          '{0} does not fit into what {1} can read at once. Select less, or pick another model.',
          problem.path,
          problem.model,
        ),
        'pickModel',
      );
    case 'edits.nothing':
      return say(
        t('{0} proposed no change. Say more precisely what you want, or pick another model.', problem.model),
        'pickModel',
      );
    case 'edits.noCheckpoint':
      return say(
        t('Nothing was changed, because what was there before could not be kept: {0}', problem.reason),
        'showLog',
      );
  }
}

/** An error whose message is meant for the user; carries the problem across async code. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(describeProblem(problem).message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

function say(message: string, ...actions: ProblemAction[]): ProblemText {
  return { message, actions };
}

function inMegabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
