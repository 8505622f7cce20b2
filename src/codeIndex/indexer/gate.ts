import { delay } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import type { PowerSource } from './power.ts';

export interface GateOptions {
  readonly powerSource: () => Promise<PowerSource>;
  /** How long after a keystroke the machine is still the user's. */
  readonly quietMs?: number;
  readonly powerPollMs?: number;
}

const defaultQuietMs = 1_500;
const defaultPowerPollMs = 60_000;
/** On battery, this many times as long as the work took is rested after it. */
const batteryRest = 3;
const maxRestMs = 3_000;

/**
 * Where bulk work asks whether it may go on: it waits while the user types, and rests much on battery. Saves do not come
 * by here. One gate serves all folders of a process.
 */
export class Gate {
  /** After each change of `isClosed`. */
  readonly onChange = new Emitter<void>();
  readonly #powerSource: () => Promise<PowerSource>;
  readonly #quietMs: number;
  readonly #powerPollMs: number;
  #typedMs = Number.NEGATIVE_INFINITY;
  #power: PowerSource = 'unknown';
  #powerAskedMs = Number.NEGATIVE_INFINITY;
  #waiting = 0;

  constructor({ powerSource, quietMs = defaultQuietMs, powerPollMs = defaultPowerPollMs }: GateOptions) {
    this.#powerSource = powerSource;
    this.#quietMs = quietMs;
    this.#powerPollMs = powerPollMs;
  }

  /** Whether somebody waits for the user's hands to rest. */
  get isClosed(): boolean {
    return this.#waiting > 0;
  }

  /** The user does something. */
  activity(): void {
    this.#typedMs = performance.now();
  }

  /** Resolves, to whether it had to wait, when bulk work may go on. @param workedMs How long the last piece took */
  async pass(workedMs: number, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    await this.#askPower();
    const restMs = this.#power === 'battery' ? Math.min(workedMs * batteryRest, maxRestMs) : 0;
    if (restMs > 0) await delay(restMs, signal);
    if (this.#busyMs() <= 0) return restMs > 0;
    if (this.#waiting++ === 0) this.onChange.fire();
    try {
      for (let ms = this.#busyMs(); ms > 0; ms = this.#busyMs()) await delay(ms, signal);
    } finally {
      if (--this.#waiting === 0) this.onChange.fire();
    }
    return true;
  }

  /** How long the user's last key still counts. */
  #busyMs(): number {
    return this.#typedMs + this.#quietMs - performance.now();
  }

  async #askPower(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#powerAskedMs < this.#powerPollMs) return;
    this.#powerAskedMs = nowMs;
    this.#power = await this.#powerSource();
  }
}
