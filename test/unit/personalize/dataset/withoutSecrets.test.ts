import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { withoutSecrets } from '../../../../src/personalize/dataset/withoutSecrets.ts';
import { maskSecrets } from '../../../../src/privacy/secretText.ts';
import { example } from './madeUpExamples.ts';

// Made when the test runs, so that nobody finds a token in this file.
const token = `ghp_${randomBytes(18).toString('hex')}`;

describe('examples without secrets', () => {
  it('stay as they are where there is none, also where one was masked', () => {
    const masked = maskSecrets(`const t = "${token}";\n`);
    const clean = example({ prefix: masked, offered: 'sum(a)', snippets: [{ path: 'b.ts', text: 'b();\n' }] });
    assert.notEqual(masked, `const t = "${token}";\n`);
    assert.deepEqual(withoutSecrets(clean), clean);
    assert.deepEqual(withoutSecrets(example()), example());
  });

  it('are dropped where the text or its surroundings hold one, or the border goes through it', () => {
    assert.equal(withoutSecrets(example({ text: `f("${token}")` })), undefined);
    assert.equal(withoutSecrets(example({ prefix: `a("${token}");\n` })), undefined);
    assert.equal(withoutSecrets(example({ suffix: `\na("${token}");\n` })), undefined);
    assert.equal(
      withoutSecrets(example({ prefix: `a("${token.slice(0, 20)}`, text: `${token.slice(20)}")` })),
      undefined,
    );
  });

  it('lose the snippet or the offer that holds one', () => {
    const snippets = [
      { path: 'a.ts', text: 'a();' },
      { path: 'b.ts', text: `b("${token}");` },
    ];
    assert.deepEqual(
      withoutSecrets(example({ snippets, offered: `f("${token}")` })),
      example({ snippets: snippets.slice(0, 1) }),
    );
  });
});
