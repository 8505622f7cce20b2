import { createContext, Script } from 'node:vm';
import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import { errorText } from '../../base/logger.ts';

/** A chat template that cannot be used: malformed, refusing what it is given, or endless. */
export class TemplateFault extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'TemplateFault';
  }
}

export type JinjaTemplate = ReturnType<typeof parse>;

/** The longest known has 17,000. */
const maxCharacters = 200_000;
/** Of a clock on the wall. The slowest known template, Gemma 4's, needs a tenth of it for 400 messages; others a hundredth. */
const timeoutMs = 3000;
const maxRange = 10_000;

/** A template comes with a model from anywhere, and is a program: everything here ends within three seconds. Throws `TemplateFault`. */
export function parseJinja(source: string): JinjaTemplate {
  if (source.length > maxCharacters) throw new TemplateFault(`it has ${source.length} characters`);
  // As Transformers sets Jinja up for chat templates.
  return inTime(() => parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true })));
}

/** Throws `TemplateFault`, also where the template itself raises an exception. */
export function renderJinja(template: JinjaTemplate, variables: Readonly<Record<string, unknown>>): string {
  return inTime(() => {
    const environment = new Environment();
    for (const [name, value] of Object.entries({ ...builtIns, ...variables })) environment.set(name, value);
    return String(new Interpreter(environment).run(template).value);
  });
}

/** The library's own, but for `range`, which would fill the memory before any time is up. */
const builtIns: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
  raise_exception: (reason: unknown) => {
    throw new TemplateFault(String(reason));
  },
  range,
};

function range(first: number, end?: number, step = 1): number[] {
  const [from, to] = end === undefined ? [0, first] : [first, end];
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (!(length <= maxRange)) throw new TemplateFault(`it counts to ${length}`);
  return Array.from({ length }, (_, at) => from + at * step);
}

const script = new Script('run()');
const scope = createContext({ run() {} });
let isTimed = false;

/**
 * Does work that has to end in three seconds, with all work within it. Only a `vm` script has a time limit, which holds for
 * what the script calls as well. Throws `TemplateFault`, also for what the work throws.
 */
export function inTime<T>(work: () => T): T {
  if (isTimed) return work();
  const results: T[] = [];
  scope['run'] = () => void results.push(work());
  isTimed = true;
  try {
    script.runInContext(scope, { timeout: timeoutMs });
  } catch (cause) {
    throw cause instanceof TemplateFault ? cause : new TemplateFault(errorText(cause));
  } finally {
    isTimed = false;
  }
  const [result] = results;
  if (result === undefined) throw new TemplateFault('it gave nothing');
  return result;
}
