import assert from 'node:assert/strict';
import { childEnvironment } from '../../../src/base/childEnvironment.ts';

describe('the environment of a process that we start', () => {
  it('says where things are, and no more', () => {
    const given = {
      PATH: '/bin',
      HOME: '/home/me',
      LC_ALL: 'C',
      OPENAI_API_KEY: 'k',
      AWS_PROFILE: 'work',
      NODE_OPTIONS: '--x',
    };
    assert.deepEqual(childEnvironment(given), {
      PATH: '/bin',
      HOME: '/home/me',
      LC_ALL: 'C',
      ELECTRON_RUN_AS_NODE: '1',
    });
  });

  it('says what it is told to beside', () => {
    assert.equal(childEnvironment({ AWS_PROFILE: 'work', AWSOME: 'x' }, [/^AWS_/])['AWS_PROFILE'], 'work');
    assert.equal(childEnvironment({ AWS_PROFILE: 'work', AWSOME: 'x' }, [/^AWS_/])['AWSOME'], undefined);
  });
});
