import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseServerAddress } from '../../../../src/inference/server/serverAddress.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';

const baseOf = (text: string) => parseServerAddress(text).base;
const codeOf = (text: string) => {
  try {
    parseServerAddress(text);
    return undefined;
  } catch (cause) {
    assert.ok(cause instanceof ProblemError);
    return cause.problem.code;
  }
};

describe('parseServerAddress', () => {
  it('takes an address as others write it: with a slash, with /v1, behind a path', () => {
    for (const text of [
      'http://localhost:8080',
      ' http://localhost:8080/ ',
      'http://localhost:8080/v1',
      'HTTP://LOCALHOST:8080/v1/',
    ])
      assert.equal(baseOf(text), 'http://localhost:8080', text);
    assert.equal(baseOf('https://example.org/llm/v1'), 'https://example.org/llm');
    assert.equal(baseOf('https://example.org:443/v1/models'), 'https://example.org/v1/models');
    assert.equal(baseOf('http://[::1]:8080'), 'http://[::1]:8080');
  });

  it('refuses what is no address of a server', () => {
    for (const text of [
      'localhost:8080',
      'x',
      'ftp://host',
      'file:///etc/passwd',
      'http://',
      'http://host?key=1',
      'http://host#a',
      'javascript:alert(1)',
    ])
      assert.equal(codeOf(text), 'server.address', text);
  });

  it('refuses names and passwords, and repeats neither', () => {
    for (const text of ['http://user:hunter2@host', 'https://hunter2@host:8443/v1', 'ftp://u:hunter2@host'])
      assert.throws(
        () => parseServerAddress(text),
        (cause: unknown) => {
          assert.ok(cause instanceof ProblemError);
          assert.equal(cause.problem.code, 'server.credentials');
          assert.ok(!JSON.stringify([cause.message, cause.problem]).includes('hunter2'));
          return true;
        },
      );
  });

  it('knows which addresses are near: plain http to all others is told', () => {
    const near = [
      'localhost',
      'LOCALHOST',
      'a.localhost',
      '127.0.0.1',
      '127.8.9.1',
      '[::1]',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.50',
      '[fd00::1]',
      '[fe80::1]',
      '[::ffff:192.168.1.5]',
      'workstation',
      'box.local',
      'gpu.lan',
      'llm.internal',
      'nas.home.arpa',
      '0x7f.1',
      '2130706433',
    ];
    const far = [
      '8.8.8.8',
      '172.15.0.1',
      '172.32.0.1',
      '192.169.0.1',
      '169.254.169.254',
      '100.64.0.1',
      '[2001:db8::1]',
      '[::ffff:8.8.8.8]',
      'example.org',
      'localhost.example.org',
      'local.example.com',
      '127.0.0.1.example.org',
      '10.0.0.1.nip.io',
    ];
    for (const host of near) assert.equal(parseServerAddress(`http://${host}:8080`).isExposed, false, host);
    for (const host of far) {
      assert.equal(parseServerAddress(`http://${host}:8080`).isExposed, true, host);
      assert.equal(parseServerAddress(`https://${host}:8443`).isExposed, false, host);
    }
  });

  it('is about the host that is entered, whatever is entered', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (text) => {
        if (codeOf(text) !== undefined) return;
        const { base, origin, host } = parseServerAddress(text);
        const entered = new URL(text.trim());
        assert.equal(new URL(base).origin, entered.origin);
        assert.equal(new URL(`${base}/v1/models`).origin, origin);
        assert.equal(host, entered.host);
      }),
    );
  });
});
