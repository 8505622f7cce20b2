import { ProblemError } from '../../protocol/problems.ts';
import { choiceAt, countAt, type Fields, FieldFault, fieldsOf, isFields, listAt, numberAt, shown } from './fields.ts';

/** What an `adapter_config.json` of PEFT says that matters here. */
export interface PeftConfig {
  /** Rank of every module that `otherRanks` does not cover. */
  readonly rank: number;
  /** Ranks that `rank_pattern` gives to some modules. */
  readonly otherRanks: readonly number[];
  /** The alpha whose alpha / rank is what PEFT scales a module by; without a module, that of most. */
  readonly alphaOf: (rank: number, module?: string) => number;
  /** Ends of the names of the modules it changes; undefined when they are given by a pattern. */
  readonly targets: readonly string[] | undefined;
}

/** Options of PEFT whose adapters are more than B · A, or belong to a changed model: each must be off. */
const unsupported = [
  'use_dora',
  'use_qalora',
  'use_bdlora',
  'lora_bias',
  'fan_in_fan_out',
  'modules_to_save',
  'layer_replication',
  'trainable_token_indices',
  'target_parameters',
  'alora_invocation_tokens',
  'megatron_config',
  'arrow_config',
  'kasa_config',
  'velora_config',
  'monteclora_config',
];
/** Initialisations that leave the model as it is; the others (PiSSA, OLoRA, LoftQ, …) move a part of it into the adapter. */
const harmlessInitialisations: readonly unknown[] = [undefined, null, true, false, 'gaussian', 'eva', 'orthogonal'];
const maxRank = 65_536;
const maxAlpha = 1e6;

/** Reads the text of an `adapter_config.json`. Throws `ProblemError` (`adapter.config`, `adapter.unsupported`). */
export function parsePeftConfig(text: string, path: string): PeftConfig {
  try {
    return configOf(fieldsOf(JSON.parse(text), 'it'));
  } catch (cause) {
    if (cause instanceof FieldFault || cause instanceof SyntaxError) {
      const reason = cause instanceof FieldFault ? cause.message : 'it is no JSON';
      throw new ProblemError({ code: 'adapter.config', path, reason }, { cause });
    }
    throw cause;
  }
}

function configOf(config: Fields): PeftConfig {
  choiceAt(config, 'peft_type', ['LORA']);
  refuseVariants(config);
  const rank = countAt(config, 'r', 1, maxRank);
  const alpha = numberAt(config, 'lora_alpha', Number.MIN_VALUE, maxAlpha);
  const alphas = alphaPattern(config);
  const rankPattern = fieldsOf(config['rank_pattern'] ?? {}, 'its rank_pattern');
  const targets = config['target_modules'];
  return {
    rank,
    otherRanks: Object.keys(rankPattern).map((key) => countAt(rankPattern, key, 1, maxRank)),
    alphaOf(moduleRank, module) {
      const own = alphas.find(([name]) => module !== undefined && isNamed(module, name))?.[1] ?? alpha;
      // rsLoRA divides by √rank.
      return config['use_rslora'] === true ? own * Math.sqrt(moduleRank) : own;
    },
    targets: Array.isArray(targets) ? listAt(config, 'target_modules', String) : undefined,
  };
}

/** Variants of LoRA have an option of their own, new ones one that begins with `use_`. */
function refuseVariants(config: Fields): void {
  const initialisation = config['init_lora_weights'];
  if (!harmlessInitialisations.includes(initialisation)) refuse(`init_lora_weights ${shown(initialisation)}`);
  const bias = config['bias'] ?? 'none';
  if (bias !== 'none') refuse(`bias ${shown(bias)}`);
  const unknown = Object.keys(config).filter((key) => /^use_\w+$/.test(key) && key !== 'use_rslora');
  for (const option of [...unsupported, ...unknown]) if (isOn(config[option])) refuse(option);
}

function isOn(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isFields(value)) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== false;
}

/**
 * PEFT takes the keys for regular expressions that match the end of a module's name behind a dot. Plain names are taken;
 * a stranger's regular expressions are not run.
 */
function alphaPattern(config: Fields): readonly (readonly [name: string, alpha: number])[] {
  const pattern = fieldsOf(config['alpha_pattern'] ?? {}, 'its alpha_pattern');
  return Object.keys(pattern).map((name) => {
    if (!/^\^?[\w.]+$/.test(name)) refuse('alpha_pattern with regular expressions');
    return [name, numberAt(pattern, name, Number.MIN_VALUE, maxAlpha)];
  });
}

/** Whether a module's full name is or ends with this one; with `^` before it, only whether it is. */
export function isNamed(module: string, name: string): boolean {
  return `^${module}` === name || module === name || module.endsWith(`.${name}`);
}

function refuse(feature: string): never {
  throw new ProblemError({ code: 'adapter.unsupported', feature });
}
