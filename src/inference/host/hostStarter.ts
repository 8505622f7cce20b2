import { join } from 'node:path';
import { delay, isAbort } from '../../base/aborts.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { LoadedModel } from '../generate.ts';
import { CrashHistory, standing } from './crashHistory.ts';
import { HostClient } from './hostClient.ts';
import { connectOrStart, type HostExit, type HostStart, hostLogPath } from './hostProcess.ts';
import type { FimMarkers, HostConfig, HostModel, LoadFailure, Purpose } from './hostProtocol.ts';
import { smallestLevel } from './plan.ts';
import { endpointFor, identityHash, openRunFolder, type RunFolder } from './runFolder.ts';

/** A model to run: one of the catalogue, or a file of the user's. */
export interface ModelFile {
  readonly id: string;
  readonly name: string;
  /** Absolute path of the GGUF. */
  readonly path: string;
  /** Memory it needs while it runs, context included, where known. */
  readonly memoryBytes?: number;
  /** The FIM format it is known to use; taken only if its markers fit. */
  readonly fimFormat?: string;
  /** False for one that does not answer questions, whatever its file says. */
  readonly chats?: boolean;
}

export interface RunnerOptions {
  /** Path of `modelHost.ts` or `dist/modelHost.js`. */
  readonly entry: string;
  readonly dataFolder: string;
  /** `generate` unless told. */
  readonly purpose?: Purpose;
  readonly gpu: 'auto' | 'off';
  /** 0 picks a number. */
  readonly threads: number;
  /** In the order of preference. */
  readonly fimFormats: readonly FimMarkers[];
  readonly log: Logger;
  /** How long an unused host stays; 60 s unless told. */
  readonly lingerMs?: number;
}

/** A model that is loaded and connected. */
export interface RunningHost {
  readonly file: ModelFile;
  readonly client: HostClient;
  readonly pid: number;
  readonly model: LoadedModel;
  readonly crashes: CrashHistory;
}

const defaultLingerMs = 60_000;
/** A host that leaves just as we connect is not a crash, but it does not happen this often in a row. */
const maxMissedHosts = 5;
const missedMs = 50;

/** Opens the model in a host, starting smaller after each crash. Rejects with a `ProblemError` or the abort. */
export async function startModel(options: RunnerOptions, file: ModelFile, signal: AbortSignal): Promise<RunningHost> {
  try {
    return await open(options, file, signal);
  } catch (cause) {
    if (cause instanceof ProblemError || isAbort(cause)) throw cause;
    options.log.error(`${file.name} could not be started`, cause);
    throw new ProblemError({ code: 'model.loadFailed', name: file.name, reason: errorText(cause) }, { cause });
  }
}

/** The crash history of a model, shared by all windows. */
async function locate(options: RunnerOptions, file: ModelFile) {
  const folder = await openRunFolder(options.dataFolder);
  const { entry, gpu, threads, purpose = 'generate' } = options;
  const identity = await identityHash({ modelPath: file.path, purpose, entry, gpu, threads });
  return { folder, identity, crashes: new CrashHistory(join(folder.path, `${identity}.crashes`)) };
}

/** Forgets a model's crashes: the next start is at full size. */
export async function forgetCrashes(options: RunnerOptions, file: ModelFile): Promise<void> {
  await (await locate(options, file)).crashes.clear();
}

async function open(options: RunnerOptions, file: ModelFile, signal: AbortSignal): Promise<RunningHost> {
  const { folder, identity, crashes } = await locate(options, file);
  let smallestTried = 0;
  for (let missed = 0; missed < maxMissedHosts; ) {
    signal.throwIfAborted();
    const { level: earned, gaveUpAfter } = standing(await crashes.read(), Date.now());
    if (gaveUpAfter !== undefined) throw new ProblemError({ code: 'host.crashing', crashes: gaveUpAfter });
    const level = Math.max(earned, smallestTried);
    const outcome = await attempt(await hostStart(options, file, folder, `${identity}-${level}`, level), signal);
    switch (outcome.kind) {
      case 'loaded': {
        const model = await describe(options, file, outcome);
        const { client, pid } = outcome;
        options.log.info(`${file.name} is ready on ${model.device} (process ${pid}, plan ${level})`);
        return { file, client, pid, model, crashes };
      }
      case 'refused':
        options.log.warn(`${file.name} did not load at plan ${level}: ${JSON.stringify(outcome.failure)}`);
        if (outcome.failure.kind !== 'outOfMemory' || level >= smallestLevel)
          throw new ProblemError(problemOf(outcome.failure, file));
        smallestTried = level + 1;
        break;
      case 'died': {
        const reason = `the model process ended with ${outcome.exit.signal ?? `exit code ${outcome.exit.code}`}`;
        options.log.warn(`${file.name}: ${reason} while loading at plan ${level}`);
        if (outcome.exit.signal === 'SIGILL') throw new ProblemError({ code: 'host.unsupported', reason });
        await crashes.add(outcome.pid, Date.now());
        if (level >= smallestLevel) throw new ProblemError({ code: 'model.loadFailed', name: file.name, reason });
        break;
      }
      case 'missed':
        missed++;
        await delay(missedMs, signal);
        break;
    }
  }
  throw new Error('Model processes left before they answered.');
}

async function hostStart(
  options: RunnerOptions,
  file: ModelFile,
  folder: RunFolder,
  name: string,
  level: number,
): Promise<HostStart> {
  const config: HostConfig = {
    modelPath: file.path,
    purpose: options.purpose ?? 'generate',
    gpu: options.gpu,
    threads: options.threads,
    level,
    endpoint: await endpointFor(folder, name),
    lockPath: join(folder.path, `${name}.lock`),
    keyPath: folder.keyPath,
    lingerMs: options.lingerMs ?? defaultLingerMs,
  };
  return { entry: options.entry, key: folder.key, logPath: hostLogPath(options.dataFolder), config };
}

type Attempt =
  | { readonly kind: 'loaded'; readonly client: HostClient; readonly pid: number; readonly model: HostModel }
  | { readonly kind: 'refused'; readonly failure: LoadFailure }
  | { readonly kind: 'died'; readonly pid: number; readonly exit: HostExit }
  /** Somebody else's host, or one that was just leaving: says nothing about the model. */
  | { readonly kind: 'missed' };

async function attempt(start: HostStart, signal: AbortSignal): Promise<Attempt> {
  const link = await connectOrStart(start, signal);
  if ('exit' in link) return { kind: 'died', ...link };
  const client = new HostClient(link.socket);
  const onAbort = () => client[Symbol.dispose]();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const loaded = await client.load().catch(() => undefined);
    signal.throwIfAborted();
    if (loaded?.ok) return { kind: 'loaded', client, pid: loaded.pid, model: loaded.model };
    client[Symbol.dispose]();
    if (loaded !== undefined) return { kind: 'refused', failure: loaded.failure };
    const died = await link.child?.exited;
    return died === undefined || died.exit.code === 0 ? { kind: 'missed' } : { kind: 'died', ...died };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function describe(
  options: RunnerOptions,
  file: ModelFile,
  { client, model }: Extract<Attempt, { kind: 'loaded' }>,
): Promise<LoadedModel> {
  const fitting = options.fimFormats.length === 0 ? [] : await client.fittingFormats(options.fimFormats);
  const format = fitting.find(({ name }) => name === file.fimFormat) ?? fitting[0];
  const { chat, ...rest } = model;
  return {
    id: file.id,
    name: file.name,
    ...rest,
    ...(chat === undefined || file.chats === false ? {} : { chat }),
    ...(format === undefined ? {} : { fimFormat: format.name }),
    ...(format?.end === undefined ? {} : { fimEnd: format.end }),
  };
}

function problemOf(failure: LoadFailure, file: ModelFile): Problem {
  switch (failure.kind) {
    case 'outOfMemory': {
      const needBytes = Math.max(failure.needBytes, file.memoryBytes ?? 0);
      return { code: 'model.outOfMemory', name: file.name, needBytes, freeBytes: failure.freeBytes };
    }
    case 'unsupported':
      return { code: 'host.unsupported', reason: failure.reason };
    case 'failed':
      return { code: 'model.loadFailed', name: file.name, reason: failure.reason };
  }
}
