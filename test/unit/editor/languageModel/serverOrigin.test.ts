import assert from 'node:assert/strict';
import { isKey, originOf } from '../../../../src/editor/languageModel/serverOrigin.ts';
import { parseServerAddress } from '../../../../src/inference/server/serverAddress.ts';

describe('what a key is for', () => {
  it('is the origin that the engine asks with, whatever else the address has', () => {
    for (const server of ['http://localhost:8080', ' https://box.example:443/llm/v1/ ', 'HTTP://BOX:80'])
      assert.equal(originOf(server), parseServerAddress(server).origin, server);
    assert.notEqual(originOf('http://localhost:8080'), originOf('http://localhost:8081'));
    assert.notEqual(originOf('http://box:443'), originOf('https://box:443'));
  });

  it('is nothing without an address', () => {
    for (const server of ['', ' ', 'localhost:8080', 'x', 'ftp://box'])
      assert.equal(originOf(server), undefined, server);
  });
});

describe('isKey', () => {
  it('takes what a header carries, and nothing that could add another', () => {
    for (const key of ['sk-abc_123', '~!#$%&+=/']) assert.ok(isKey(key), key);
    for (const key of ['', 'a b', 'a\r\nHost: x', 'ké', 'a\u0000']) assert.ok(!isKey(key), JSON.stringify(key));
  });
});
