import { say, type ProblemText, type Translate } from './problemText.ts';

/** Of a model server that the user entered. */
export type ServerProblem =
  /** The setting is no address. With a name or password in it: `server.credentials`, which repeats neither. */
  | { readonly code: 'server.address'; readonly address: string }
  | { readonly code: 'server.credentials'; readonly host: string }
  /** Plain http over a network that others use. It is used all the same: the user entered it. */
  | { readonly code: 'server.exposed'; readonly host: string }
  | { readonly code: 'server.unreachable'; readonly host: string; readonly reason: string }
  | { readonly code: 'server.silent'; readonly host: string; readonly seconds: number }
  | { readonly code: 'server.tls'; readonly host: string; readonly reason: string }
  | { readonly code: 'server.redirected'; readonly host: string; readonly to: string }
  | { readonly code: 'server.key'; readonly host: string }
  /** `model` is '' when it has none at all. */
  | { readonly code: 'server.noModel'; readonly host: string; readonly model: string }
  | { readonly code: 'server.noApi'; readonly host: string }
  | {
      readonly code: 'server.context';
      readonly host: string;
      readonly promptTokens?: number;
      readonly contextSize?: number;
    }
  | { readonly code: 'server.busy'; readonly host: string; readonly reason: string }
  | { readonly code: 'server.malformed'; readonly host: string; readonly reason: string }
  | { readonly code: 'server.brokeOff'; readonly host: string }
  /** `status` is 0 for what went wrong in the middle of an answer. */
  | { readonly code: 'server.failed'; readonly host: string; readonly status: number; readonly reason: string };

/** See `describeProblem`. */
export function describeServerProblem(problem: ServerProblem, t: Translate): ProblemText {
  switch (problem.code) {
    case 'server.address':
      return say(
        t(
          'The setting hearth.server is no address of a model server: {0}. Write it like http://localhost:8080.',
          problem.address,
        ),
        'serverSetting',
      );
    case 'server.credentials':
      return say(
        t(
          'The setting hearth.server must hold no name and no password for {0}. Take them out, and keep a key with the command Hearth: Set Server Key.',
          problem.host,
        ),
        'serverSetting',
      );
    case 'server.exposed':
      return say(
        t(
          'What you ask {0}, and the code with it, crosses the network unencrypted. Use https, or a tunnel.',
          problem.host,
        ),
        'serverSetting',
      );
    case 'server.unreachable':
      return say(
        t('The model server {0} cannot be reached ({1}). Is it running?', problem.host, problem.reason),
        'serverSetting',
      );
    case 'server.silent':
      return say(
        t(
          'The model server {0} said nothing for {1} s. Ask again, or see what it is doing.',
          problem.host,
          problem.seconds,
        ),
      );
    case 'server.tls':
      return say(
        t(
          'The connection to the model server {0} cannot be trusted ({1}). Install its certificate authority on this machine.',
          problem.host,
          problem.reason,
        ),
        'serverSetting',
      );
    case 'server.redirected':
      return say(
        t(
          'The model server {0} wants to send your questions on to {1}. Hearth asks only the address that you entered.',
          problem.host,
          problem.to,
        ),
        'serverSetting',
      );
    case 'server.key':
      return say(t('The model server {0} wants a key, or refused the one it got.', problem.host), 'serverKey');
    case 'server.noModel':
      return say(
        problem.model === ''
          ? t('The model server {0} has no model. Load one there.', problem.host)
          : t(
              'The model server {0} has no model named {1}. Correct the setting hearth.serverModel.',
              problem.host,
              problem.model,
            ),
        'serverSetting',
      );
    case 'server.noApi':
      return say(
        t(
          '{0} answers, but not as a model server. Correct the setting hearth.server: the address without /v1 and what follows.',
          problem.host,
        ),
        'serverSetting',
      );
    case 'server.context':
      return say(
        problem.promptTokens === undefined || problem.contextSize === undefined
          ? t(
              'The question is too long for the model server {0}. Attach less, or begin a new conversation.',
              problem.host,
            )
          : t(
              'The question has {0} tokens, and the model server {1} takes {2}. Attach less, or begin a new conversation.',
              problem.promptTokens,
              problem.host,
              problem.contextSize,
            ),
      );
    case 'server.busy':
      return say(t('The model server {0} is busy: {1}. Ask again in a moment.', problem.host, problem.reason));
    case 'server.malformed':
      return say(
        t('The model server {0} answered something that cannot be read: {1}', problem.host, problem.reason),
        'showLog',
      );
    case 'server.brokeOff':
      return say(t('The answer of the model server {0} broke off. Ask again.', problem.host));
    case 'server.failed':
      return say(
        problem.status === 0
          ? t('The model server {0} could not finish: {1}', problem.host, problem.reason)
          : t('The model server {0} failed (HTTP {1}): {2}', problem.host, problem.status, problem.reason),
      );
  }
}
