import { openDevice } from './device.ts';
import { Graph } from './graph.ts';
import { hostOn } from './host.ts';
import type { ModelShape } from './modelShape.ts';
import { type Prepared, prepare } from './prepare.ts';
import { tensorType } from './tensor.ts';
import type { EstimateOrder } from './trainerProtocol.ts';

export interface Estimate {
  readonly seconds: number;
  readonly bytes: number;
  readonly device: string;
}

/** Rows of the product that is timed. */
const trialRows = 256;
const trialMs = 150;
/** Everything that is no product with a weight takes about as long as half of these. */
const otherWork = 1.5;
/** Validation, and the model's loading. */
const asideShare = 1.15;
const loadSecondsPerByte = 6e-9;

/** How long a training would take, from how fast this device multiplies right now. Takes half a second. */
export async function estimate(order: EstimateOrder, onLog: (text: string) => void): Promise<Estimate> {
  const prepared = await prepare(order, order.longestTokens, onLog);
  const { shape, plan, device } = prepared;
  const perSecond = await productsPerSecond(prepared);
  const operations = operationsFor(shape, order);
  const training = (operations * otherWork) / (perSecond * plan.lanes);
  const seconds = order.options.passes * training * asideShare + loadSecondsPerByte * plan.bytes;
  return { seconds, bytes: plan.bytes, device: device.description };
}

/** Floating point operations of one pass over the samples: forward for all rows, and again and back where gradients reach. */
function operationsFor(shape: ModelShape, { tokens, longestTokens, options }: EstimateOrder): number {
  const { layers, width, heads, kvHeads, headWidth, feedForward } = shape;
  const weights = layers * (2 * width * headWidth * (heads + kvHeads) + 3 * width * feedForward);
  const reached = options.reach === 0 ? 1 : Math.min(1, options.reach / longestTokens);
  return 2 * weights * tokens * (1 + 2 * reached);
}

/** On one lane, with a matrix of the model's own size. */
async function productsPerSecond({ ggml, device: report, shape }: Prepared): Promise<number> {
  using device = openDevice(ggml, report, 1);
  using host = hostOn(device);
  const { width, feedForward } = shape;
  const bytes = ggml.ggml_row_size(tensorType.q8_0, width) * feedForward;
  host.arena.reset(bytes + 4 * trialRows * (width + feedForward) + 4_096);
  const weights = host.arena.tensor(tensorType.q8_0, width, feedForward);
  ggml.ggml_backend_tensor_set(weights.handle, new Uint8Array(bytes), 0, bytes);
  const rows = host.arena.tensor(tensorType.f32, width, trialRows);
  using graph = new Graph(device);
  host.arena.keep(graph.demand(graph.mulMat(weights, rows)));
  await graph.run(host.scratch);
  const startMs = performance.now();
  let runs = 0;
  for (; performance.now() - startMs < trialMs; runs++) await graph.run(host.scratch);
  return (2 * width * feedForward * trialRows * runs * 1_000) / (performance.now() - startMs);
}
