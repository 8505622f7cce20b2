import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type PowerSource = 'mains' | 'battery' | 'unknown';

const run = promisify(execFile);
const timeoutMs = 5_000;
const linuxFolder = '/sys/class/power_supply';
const windowsQuery =
  'Add-Type -AssemblyName System.Windows.Forms; [System.Windows.Forms.SystemInformation]::PowerStatus.PowerLineStatus';

/** What the machine runs on now. Never rejects. Costs a process on macOS and Windows: ask rarely. */
export async function powerSource(platform: NodeJS.Platform = process.platform): Promise<PowerSource> {
  try {
    if (platform === 'linux') return parsePowerSupplies(await readPowerSupplies(linuxFolder));
    if (platform === 'darwin') return parsePmset((await run('pmset', ['-g', 'batt'], { timeout: timeoutMs })).stdout);
    if (platform === 'win32') return parsePowerLineStatus(await runPowershell(windowsQuery));
  } catch {
    // A machine without the means to tell.
  }
  return 'unknown';
}

/** One entry of Linux's `/sys/class/power_supply`; '' for what it does not say. */
export interface PowerSupply {
  /** `Battery`, `Mains`, `USB`, `UPS`. */
  readonly type: string;
  /** `Charging`, `Discharging`, `Full`. */
  readonly status: string;
  /** `1` while it gives power. */
  readonly online: string;
  /** `Device`: the battery of a mouse. */
  readonly scope: string;
}

export function parsePowerSupplies(supplies: readonly PowerSupply[]): PowerSource {
  const own = supplies.filter(({ scope }) => scope !== 'Device');
  if (own.some(({ type, online }) => type !== 'Battery' && online === '1')) return 'mains';
  const batteries = own.filter(({ type }) => type === 'Battery');
  if (batteries.some(({ status }) => status === 'Discharging')) return 'battery';
  return batteries.length > 0 ? 'mains' : 'unknown';
}

/** `Now drawing from 'Battery Power'`, then the batteries. */
export function parsePmset(text: string): PowerSource {
  const source = /drawing from '([^']+)'/.exec(text)?.[1];
  if (source === undefined) return 'unknown';
  return source === 'AC Power' ? 'mains' : 'battery';
}

/** .NET's `PowerLineStatus`. */
export function parsePowerLineStatus(text: string): PowerSource {
  const status = text.trim();
  if (status === 'Offline') return 'battery';
  return status === 'Online' ? 'mains' : 'unknown';
}

export async function readPowerSupplies(folder: string): Promise<readonly PowerSupply[]> {
  const names = await readdir(folder);
  const read = async (name: string, what: string): Promise<string> =>
    (await readFile(join(folder, name, what), 'utf8').catch(() => '')).trim();
  return Promise.all(
    names.map(async (name) => ({
      type: await read(name, 'type'),
      status: await read(name, 'status'),
      online: await read(name, 'online'),
      scope: await read(name, 'scope'),
    })),
  );
}

async function runPowershell(script: string): Promise<string> {
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], {
    timeout: timeoutMs,
    windowsHide: true,
  });
  return stdout;
}
