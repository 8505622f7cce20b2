import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { connectionProblem, refusalProblem } from '../../../../src/inference/server/serverFaults.ts';

const host = 'box:8080';
const codeOf = (status: number, body: unknown) =>
  refusalProblem(status, typeof body === 'string' ? body : JSON.stringify(body), host, 'some-model').problem.code;

/** What servers say, as they document it or as it was seen. */
const refusals: readonly (readonly [string, number, unknown, string])[] = [
  [
    'llama-server, no key',
    401,
    { error: { code: 401, message: 'Invalid API Key', type: 'authentication_error' } },
    'server.key',
  ],
  ['vLLM, no key', 401, { error: 'Unauthorized' }, 'server.key'],
  ['a gateway', 403, '<html>Forbidden</html>', 'server.key'],
  [
    'llama-server, loading',
    503,
    { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    'server.busy',
  ],
  ['a crowd', 429, { error: { message: 'Too many requests' } }, 'server.busy'],
  [
    'llama-server, too long',
    400,
    {
      error: {
        code: 400,
        message: 'request (600 tokens) exceeds the available context size (512 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 600,
        n_ctx: 512,
      },
    },
    'server.context',
  ],
  [
    'vLLM, too long',
    400,
    {
      object: 'error',
      message: "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens.",
      type: 'BadRequestError',
      code: 400,
    },
    'server.context',
  ],
  [
    'SGLang, too long',
    400,
    {
      object: 'error',
      message: "The input (9000 tokens) is longer than the model's context length (4096 tokens).",
      type: 'BadRequestError',
      code: 400,
    },
    'server.context',
  ],
  ['as OpenAI, too long', 400, { error: { message: 'too long', code: 'context_length_exceeded' } }, 'server.context'],
  [
    'in the middle, too long',
    0,
    { error: { code: 500, message: 'Context size has been exceeded.', type: 'server_error' } },
    'server.context',
  ],
  [
    'Ollama, no such model',
    404,
    { error: { message: 'model "x" not found, try pulling it first', type: 'api_error' } },
    'server.noModel',
  ],
  [
    'vLLM, no such model',
    404,
    { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 },
    'server.noModel',
  ],
  ['as OpenAI, no such model', 404, { error: { message: 'nope', code: 'model_not_found' } }, 'server.noModel'],
  ['a web server', 404, '<html><title>404 Not Found</title></html>', 'server.noApi'],
  ['another API', 405, { detail: 'Method Not Allowed' }, 'server.noApi'],
  ['a fault', 500, { error: { code: 500, message: 'out of memory', type: 'server_error' } }, 'server.failed'],
  ['FastAPI', 422, { detail: 'bad' }, 'server.failed'],
];

describe('refusalProblem', () => {
  for (const [who, status, body, code] of refusals)
    it(`${who}: ${status} is ${code}`, () => assert.equal(codeOf(status, body), code));

  it('tells both numbers where a server does', () => {
    const [, status, body] = refusals.find(([who]) => who === 'llama-server, too long') ?? [];
    assert.deepEqual(refusalProblem(status ?? 0, JSON.stringify(body), host, '').problem, {
      code: 'server.context',
      host,
      promptTokens: 600,
      contextSize: 512,
    });
  });

  it('is short and in one line, whatever a server says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        const { problem } = refusalProblem(status, body, host, 'm');
        if ('reason' in problem) assert.ok(problem.reason.length <= 300 && !problem.reason.includes('\n'));
      }),
    );
    const { problem } = refusalProblem(500, `line\n${'x'.repeat(5_000)}`, host, 'm');
    assert.ok('reason' in problem && problem.reason.startsWith('line x') && problem.reason.length === 300);
  });
});

const failed = (code: string, message = 'failed') =>
  connectionProblem(Object.assign(new Error(message), { code }), host).problem;

describe('connectionProblem', () => {
  it('parts what cannot be reached from what cannot be trusted and what cannot be read', () => {
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ECONNRESET', 'ETIMEDOUT'])
      assert.equal(failed(code).code, 'server.unreachable', code);
    for (const code of [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'EPROTO',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ])
      assert.equal(failed(code).code, 'server.tls', code);
    assert.equal(failed('HPE_INVALID_CONSTANT').code, 'server.malformed');
  });

  it('says why where all addresses of a name failed', () => {
    const all = Object.assign(new AggregateError([new Error('connect ECONNREFUSED ::1:1')]), { code: 'ECONNREFUSED' });
    assert.deepEqual(connectionProblem(all, host).problem, {
      code: 'server.unreachable',
      host,
      reason: 'ECONNREFUSED',
    });
  });
});
