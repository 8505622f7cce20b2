/**
 * Every setting of Hearth, once: its type, its default and how an unknown value becomes a valid one.
 * `package.json` repeats name, default and scope for VS Code; `test/unit/protocol/settings.test.ts` keeps the two in step.
 */
export interface Settings {
  /** Ghost text at all. */
  readonly enable: boolean;
  /** Ghost text per VS Code language id; a language that is not listed is on. */
  readonly languages: Readonly<Record<string, boolean>>;
  /** `auto`: blocks where the syntax asks for one; `never`: one line at most. */
  readonly multiline: 'auto' | 'never';
  /** Catalogue id, or absolute path of a GGUF file; empty means the embedded starter. Machine scope. */
  readonly model: string;
  /** Where downloaded models are kept; empty means inside Hearth's data folder. Machine scope. */
  readonly modelsFolder: string;
  /** `auto` uses a GPU when one works; `off` stays on the CPU. Machine scope. */
  readonly gpu: 'auto' | 'off';
  /** CPU threads for the model; 0 picks the number of physical cores. Machine scope. */
  readonly threads: number;
  /** Whether shown, accepted and rejected completions, and what was written there, are noted in the local event store. */
  readonly recordEvents: boolean;
  /** Whether trainings start by themselves, or only when asked for, or nothing is learned from. */
  readonly learn: 'automatic' | 'manual' | 'off';
  /** Whether the workspace is indexed on the disk, for completions, search and chat. */
  readonly index: boolean;
  /** Catalogue id, or absolute path of a GGUF embedding model; empty means the embedded static one. Machine scope. */
  readonly embedder: string;
  /** Where a team's index is read from instead of building one (`s3://bucket/prefix`); empty means nowhere. Machine scope. */
  readonly teamIndex: string;
  /** Address of a model server that answers in the chat (`http://localhost:8080`); empty: nobody is asked. Machine scope. */
  readonly server: string;
  /** Which of the server's models; empty means its first. Machine scope. */
  readonly serverModel: string;
}

export const defaultSettings: Settings = {
  enable: true,
  languages: {},
  multiline: 'auto',
  model: '',
  modelsFolder: '',
  gpu: 'auto',
  threads: 0,
  recordEvents: true,
  learn: 'automatic',
  index: true,
  embedder: '',
  teamIndex: '',
  server: '',
  serverModel: '',
};

/** Turns whatever a client sends into settings; each value that does not fit is replaced by its default. */
export function parseSettings(value: unknown): Settings {
  const given: Readonly<Record<string, unknown>> = isRecord(value) ? value : {};
  const pick = <K extends keyof Settings>(key: K, fits: (v: unknown) => v is Settings[K]): Settings[K] => {
    const v = given[key];
    return fits(v) ? v : defaultSettings[key];
  };
  return {
    enable: pick('enable', isBoolean),
    languages: pick('languages', isSwitches),
    multiline: pick('multiline', oneOf('auto', 'never')),
    model: pick('model', isString),
    modelsFolder: pick('modelsFolder', isString),
    gpu: pick('gpu', oneOf('auto', 'off')),
    threads: pick('threads', isThreadCount),
    recordEvents: pick('recordEvents', isBoolean),
    learn: pick('learn', oneOf('automatic', 'manual', 'off')),
    index: pick('index', isBoolean),
    embedder: pick('embedder', isString),
    teamIndex: pick('teamIndex', isString),
    server: pick('server', isString),
    serverModel: pick('serverModel', isString),
  };
}

/** Whether ghost text is wanted in a document of this language. */
export function isEnabledFor(settings: Settings, languageId: string): boolean {
  return settings.enable && settings.languages[languageId] !== false;
}

const isBoolean = (v: unknown): v is boolean => typeof v === 'boolean';
const isString = (v: unknown): v is string => typeof v === 'string';
const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);
const isSwitches = (v: unknown): v is Record<string, boolean> => isRecord(v) && Object.values(v).every(isBoolean);
const isThreadCount = (v: unknown): v is number => Number.isInteger(v) && Number(v) >= 0 && Number(v) <= 256;
const oneOf =
  <const T extends string>(...values: T[]) =>
  (v: unknown): v is T =>
    values.some((each) => each === v);
