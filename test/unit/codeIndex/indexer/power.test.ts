import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type PowerSupply,
  parsePmset,
  parsePowerLineStatus,
  parsePowerSupplies,
  powerSource,
  readPowerSupplies,
} from '../../../../src/codeIndex/indexer/power.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';

const battery = (status: string, scope = ''): PowerSupply => ({ type: 'Battery', status, online: '', scope });
const mains = (online: string, type = 'Mains'): PowerSupply => ({ type, status: '', online, scope: '' });
const pmset = (source: string): string => `Now drawing from '${source}'\n -InternalBattery-0 (id=1)\t67%; discharging;`;

describe('what the machine runs on', () => {
  const folder = temporaryFolder();

  it('is told by Linux for each supply', () => {
    assert.equal(parsePowerSupplies([]), 'unknown');
    assert.equal(parsePowerSupplies([battery('Discharging'), mains('0')]), 'battery');
    assert.equal(parsePowerSupplies([battery('Charging'), mains('1')]), 'mains');
    assert.equal(parsePowerSupplies([battery('Discharging'), mains('1', 'USB')]), 'mains');
    assert.equal(parsePowerSupplies([battery('Full')]), 'mains');
    assert.equal(parsePowerSupplies([battery('Discharging', 'Device')]), 'unknown');
  });

  it('is read from the files of Linux', async () => {
    await mkdir(join(folder(), 'BAT0'));
    await writeFile(join(folder(), 'BAT0/type'), 'Battery\n');
    await writeFile(join(folder(), 'BAT0/status'), 'Discharging\n');
    assert.deepEqual(await readPowerSupplies(folder()), [battery('Discharging')]);
  });

  it('is told by macOS in a sentence and by Windows in a word', () => {
    assert.equal(parsePmset(pmset('Battery Power')), 'battery');
    assert.equal(parsePmset(pmset('UPS Power')), 'battery');
    assert.equal(parsePmset(pmset('AC Power')), 'mains');
    assert.equal(parsePmset('No adapter attached.'), 'unknown');
    assert.equal(parsePowerLineStatus('Offline\r\n'), 'battery');
    assert.equal(parsePowerLineStatus('Online\r\n'), 'mains');
    assert.equal(parsePowerLineStatus('Unknown\r\n'), 'unknown');
  });

  it('is unknown, and no error, where nothing can tell', async () => {
    assert.equal(await powerSource('aix'), 'unknown');
    assert.ok(['mains', 'battery', 'unknown'].includes(await powerSource()));
  });
});
