import { execFileSync } from 'node:child_process';

/** Process ids of the model hosts that this engine started. */
export function modelHostsOf(enginePid: number): number[] {
  return childrenOf(enginePid, /hearth-model|modelHost/);
}

/** Process ids of the trainers that this engine started: one, while a training is at it. */
export function trainersOf(enginePid: number): number[] {
  return childrenOf(enginePid, /hearth-trainer|trainer\.js/);
}

function childrenOf(parentPid: number, name: RegExp): number[] {
  return processes()
    .filter(({ parent, command }) => parent === parentPid && name.test(command))
    .map(({ pid }) => pid);
}

const listOnWindows = 'Get-CimInstance Win32_Process | % { "$($_.ProcessId) $($_.ParentProcessId) $($_.CommandLine)" }';

function processes(): { pid: number; parent: number; command: string }[] {
  const text =
    process.platform === 'win32'
      ? execFileSync('powershell', ['-NoProfile', '-Command', listOnWindows], { encoding: 'utf8' })
      : execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return text.split('\n').map((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), command: command ?? '' };
  });
}
