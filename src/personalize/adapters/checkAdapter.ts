import { normOf } from '../../formats/floats.ts';
import { printable } from '../../formats/gguf/ggufMetadata.ts';
import type { LoraAdapter, LoraModule } from '../../formats/gguf/loraGguf.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import { kindOf, knownArchitectures } from './architectures.ts';
import type { BaseModel } from './baseModel.ts';

export type ModuleShape = Omit<LoraModule, 'a' | 'b'>;

const maxRank = 256;
/**
 * How large the mean (root of the square) of what is added to a weight's numbers may be. Weights have 0.01 to 0.2; an
 * adapter that adds as much as this has diverged, or is meant to break something.
 */
const maxMeanChange = 10;

/**
 * Refuses an adapter that llama.cpp must not see or the model would not survive: for another model, of other shapes, with
 * numbers that are not finite or far too large. Throws `ProblemError` (`adapter.*`).
 */
export function checkAdapter(adapter: LoraAdapter, base: BaseModel): void {
  checkShapes(adapter.architecture, adapter.modules, base);
  for (const [weight, module] of adapter.modules) checkNumbers(weight, module, adapter.alpha);
}

/** What can be said before any number is read. Throws `ProblemError` (`adapter.*`). */
export function checkShapes(architecture: string, modules: ReadonlyMap<string, ModuleShape>, base: BaseModel): void {
  if (!knownArchitectures.includes(base.architecture))
    refuse({ code: 'adapter.architecture', architecture: base.architecture, known: knownArchitectures.join(', ') });
  const misfit = (reason: string): never => refuse({ code: 'adapter.misfit', base: base.name, reason });
  if (architecture !== base.architecture) misfit(`it is for the architecture ${printable(architecture)}`);
  if (modules.size === 0) misfit('it changes nothing');
  for (const [weight, { rank, inputs, outputs }] of modules) {
    if (kindOf(weight) === undefined) refuse({ code: 'adapter.unsupported', feature: printable(weight) });
    const shape = base.weights.get(weight);
    if (!shape) return misfit(`there is no ${weight}`);
    if (shape.inputs !== inputs || shape.outputs !== outputs)
      misfit(
        `${weight} has ${shape.inputs} inputs and ${shape.outputs} outputs, the adapter's ${inputs} and ${outputs}`,
      );
    if (!(Number.isInteger(rank) && rank >= 1 && rank <= maxRank))
      refuse({ code: 'adapter.unsupported', feature: `rank ${rank} (1 to ${maxRank} are)` });
  }
}

function checkNumbers(weight: string, { rank, inputs, outputs, a, b }: LoraModule, alpha: number): void {
  if (a.length !== rank * inputs || b.length !== rank * outputs)
    throw new RangeError(`${weight} has ${a.length} and ${b.length} numbers for its rank ${rank}`);
  const change = ((alpha / rank) * normOf(a) * normOf(b)) / Math.sqrt(inputs * outputs);
  if (!(alpha > 0 && Number.isFinite(change)))
    refuse({ code: 'adapter.values', reason: `${weight} has numbers that are not finite` });
  if (change > maxMeanChange)
    refuse({ code: 'adapter.values', reason: `it changes ${weight} by ${change.toPrecision(2)} on average` });
}

function refuse(problem: Problem): never {
  throw new ProblemError(problem);
}
