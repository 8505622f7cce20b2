import { finishedWord } from '../../../../../src/inference/completion/filters/finishedWord.ts';
import { expectShown } from './fixture.ts';

describe('finishedWord', () => {
  it('shows nothing that finishes the word differently', () => {
    expectShown(finishedWord, 'con█sole', 'st', '');
    expectShown(finishedWord, 'con█sole.log()', 'st x = 1;', '');
    expectShown(finishedWord, 'con█sole.log()', 'sole.warn(', '');
  });

  it('shows what agrees with the rest of the word', () => {
    expectShown(finishedWord, 'get█Name()', 'UserName', 'User');
    expectShown(finishedWord, 'get█Name()', 'User', 'User');
    expectShown(finishedWord, 'get█_name()', '_user', '_user');
    expectShown(finishedWord, 'con█sole', 'sole', '');
  });

  it('has no say at the edges of a word', () => {
    expectShown(finishedWord, 'return █value', 'await ', 'await ');
    expectShown(finishedWord, 'console█.log()', 'Proxy', 'Proxy');
  });
});
