/**
 * Floating point operations that training a sequence takes, a multiplication and an addition counted as two. What a
 * method computes twice (checkpointing) counts once: it is the result that is paid for.
 *
 *     maps        2 P T forward, 2 P R back to the rows that gradients reach     P: weights of the blocks
 *     head        2 d V n forward, the same back                                 n: tokens that are learned
 *     attention   2 h H T^2 L forward (half of the square is masked), twice that, by the share of R, back
 *     LoRA        2 A T forward, 4 A R back                                      A: numbers of the adapter
 *
 * Weights are frozen, so nothing is counted for their gradients.
 *
 * @param {{rows: number, learned: number}} sequence
 * @param {number} reach 0 for all rows
 */
export function operationsFor(shape, rank, { rows, learned }, reach = 0) {
  const { layers, width, heads, headWidth, vocabulary } = shape;
  const reached = reach === 0 ? rows : Math.min(rows, reach);
  const maps = 2 * blockWeights(shape) * (rows + reached);
  const head = 4 * width * vocabulary * learned;
  const attention = 2 * headWidth * heads * layers * rows * (rows + 2 * reached);
  const lora = adapterNumbers(shape, rank) * (2 * rows + 4 * reached);
  return maps + head + attention + lora;
}

/** Inputs and outputs of the seven maps of a block. */
function mapsOf({ width, heads, kvHeads, headWidth, feedForward }) {
  const [queries, keys] = [heads * headWidth, kvHeads * headWidth];
  return [
    [width, queries],
    [width, keys],
    [width, keys],
    [queries, width],
    [width, feedForward],
    [width, feedForward],
    [feedForward, width],
  ];
}

function blockWeights(shape) {
  return shape.layers * mapsOf(shape).reduce((sum, [inputs, outputs]) => sum + inputs * outputs, 0);
}

function adapterNumbers(shape, rank) {
  return shape.layers * rank * mapsOf(shape).reduce((sum, [inputs, outputs]) => sum + inputs + outputs, 0);
}
