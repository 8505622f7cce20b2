/**
 * The trainer: a process of its own that trains one adapter and ends. Speaks lines of JSON (`trainerProtocol.ts`) over
 * its standard input and output; ends when its input ends.
 */
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { errorText } from '../../base/logger.ts';
import { Cancelled, TrainingControl } from './control.ts';
import { estimate } from './estimate.ts';
import { TrainerProblem } from './prepare.ts';
import { runTraining } from './runTraining.ts';
import type { Control, EstimateOrder, TrainerMessage, TrainOrder } from './trainerProtocol.ts';

process.title = 'hearth-trainer';
// Whoever types, in this editor or another program, goes first.
setPriority(constants.priority.PRIORITY_LOW);

const control = new TrainingControl((isPaused) => tell({ kind: isPaused ? 'paused' : 'resumed' }));
const lines = createInterface({ input: process.stdin });
// Nobody is there to use what would come of it. What is done so far lies in the training's folder.
lines.once('close', () => process.exit(0));
lines.once('line', (line) => {
  lines.on('line', (next) => obey(JSON.parse(next)));
  void carryOut(JSON.parse(line));
});

async function carryOut(order: TrainOrder | EstimateOrder): Promise<void> {
  const ports = { tell, point: control.point, log: (text: string) => void process.stderr.write(text) };
  try {
    if (order.order === 'estimate') tell({ kind: 'estimate', ...(await estimate(order, ports.log)) });
    else tell({ kind: 'done', summary: await runTraining(order, ports) });
  } catch (cause) {
    if (cause instanceof Cancelled) tell({ kind: 'cancelled' });
    else
      tell({
        kind: 'failed',
        fault: cause instanceof TrainerProblem ? cause.fault : 'other',
        reason: errorText(cause),
      });
  }
  process.stdout.end(() => process.exit(0));
}

function obey({ control: what }: Control): void {
  control[what]();
}

function tell(message: TrainerMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
