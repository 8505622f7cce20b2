import { isRecord } from '../../base/isRecord.ts';
import { errorText } from '../../base/logger.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { fieldOf, numberOf, textOf } from './json.ts';

/** As much of a server's own words as a message has room for. */
const maxReason = 300;

/** OpenSSL's reasons not to trust somebody, and Node's. */
const certificateCodes =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/;

/** What became of a connection that failed. */
export function connectionProblem(cause: unknown, host: string): ProblemError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // All addresses of a name together have no message of their own.
  const reason = [code, cause instanceof AggregateError ? '' : errorText(cause)].filter(Boolean).join(': ');
  if (certificateCodes.test(code)) return new ProblemError({ code: 'server.tls', host, reason }, { cause });
  // Node's words for an answer that is no HTTP.
  if (code.startsWith('HPE_')) return new ProblemError({ code: 'server.malformed', host, reason }, { cause });
  return new ProblemError({ code: 'server.unreachable', host, reason }, { cause });
}

/** What a server says when it refuses, in whichever form. */
interface Refusal {
  readonly message: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Why a server did not answer a question. `model`: the one that was asked for. `text`: the body of its answer, or of the
 * error in the middle of one (`status` 0).
 */
export function refusalProblem(status: number, text: string, host: string, model: string): ProblemError {
  const { message, type, body } = readRefusal(text);
  const reason = (message || text).replace(/\s+/g, ' ').trim().slice(0, maxReason);
  if (status === 401 || status === 403) return new ProblemError({ code: 'server.key', host });
  if (isTooLong(status, message, type)) {
    const [promptTokens, contextSize] = [numberOf(body['n_prompt_tokens']), numberOf(body['n_ctx'])];
    return new ProblemError({
      code: 'server.context',
      host,
      ...(promptTokens === undefined ? {} : { promptTokens }),
      ...(contextSize === undefined ? {} : { contextSize }),
    });
  }
  if (isUnknownModel(status, message, type)) return new ProblemError({ code: 'server.noModel', host, model });
  if (status === 429 || status === 503) return new ProblemError({ code: 'server.busy', host, reason });
  // A web server of another kind, or the path of one: nothing in the answer is meant for us.
  if (status === 404 || status === 405) return new ProblemError({ code: 'server.noApi', host });
  return new ProblemError({ code: 'server.failed', host, status, reason });
}

/**
 * `{error: {message, type, code}}` as OpenAI has it; `{error: "..."}` (Ollama, SGLang's key check); `{message, type}`
 * without a frame (older vLLM); `{detail}` (FastAPI).
 */
function readRefusal(text: string): Refusal {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { message: '', type: '', body: {} };
  }
  const error = fieldOf(parsed, 'error');
  const body = isRecord(error) ? error : isRecord(parsed) ? parsed : {};
  const message = textOf(error) ?? textOf(body['message']) ?? textOf(body['detail']) ?? '';
  return { message, type: `${textOf(body['type']) ?? ''} ${textOf(body['code']) ?? ''}`, body };
}

function isTooLong(status: number, message: string, type: string): boolean {
  if (/exceed_context_size|context_length_exceeded/.test(type)) return true;
  const mayBe = status === 0 || status === 400 || status === 413 || status === 422 || status === 500;
  return mayBe && /context (?:length|size|window)|maximum context|longer than the model/i.test(message);
}

function isUnknownModel(status: number, message: string, type: string): boolean {
  if (/model_not_found/.test(type)) return true;
  return (status === 404 || status === 400) && /model\b.*(?:not found|does not exist|not exist)/i.test(message);
}
