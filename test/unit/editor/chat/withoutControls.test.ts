import assert from 'node:assert/strict';
import { withoutControls } from '../../../../src/editor/chat/withoutControls.ts';

describe('withoutControls', () => {
  it('leaves what a person reads', () => {
    const printed =
      '\u001b[31mfailed\u001b[0m\r\n\u001b]0;title\u0007 10 %\r 20 %\r100 %\r\n\u0007done\u001b]8;;http://x\u001b\\';
    assert.equal(withoutControls(printed), 'failed\n100 %\ndone');
  });
});
