import { inMegabytes, say, type ProblemText, type Translate } from './problemText.ts';

/** Of models: their files, their process, their downloads. */
export type ModelProblem =
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
  | { readonly code: 'download.cancelled'; readonly name: string };

/** See `describeProblem`. */
export function describeModelProblem(problem: ModelProblem, t: Translate): ProblemText {
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
  }
}
