import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { namesOf, termsOf } from '../../../../src/codeIndex/search/query.ts';

const question = (text: string) => ({ text, kind: 'question' as const, limit: 10 });
const code = (text: string, names: readonly string[] = []) => ({ text, kind: 'code' as const, limit: 10, names });

describe('termsOf: the words to count', () => {
  const cases: readonly (readonly [question: string, terms: string])[] = [
    ['Where is the retry delay computed?', 'retry delay computed'],
    ['How does parseHeaders work?', 'parse headers parseheaders'],
    ['retry retry delay', 'retry delay'],
    ['what is this', 'what is this'],
    ['로그는 어디서 쓰나요?', '로그 그는 어디 디서 쓰나 나요'],
  ];
  for (const [text, terms] of cases)
    it(`${text}: ${terms}`, () => assert.equal(termsOf(question(text)).join(' '), terms));

  it('keeps words of prose in code, but not those of languages', () =>
    assert.deepEqual(termsOf(code('if (find(how))')), ['find', 'how']));

  it('counts the names that code wants most', () => {
    assert.deepEqual(termsOf(code('files', ['readAll'])), ['read', 'all', 'readall', 'files']);
    const names = Array.from({ length: 12 }, (_, at) => `name${'abcdefghijkl'[at]}`);
    assert.deepEqual(termsOf(code('', names)), names.slice(0, 4));
  });

  it('asks for no term of declarations', () => assert.deepEqual(termsOf(code('class Reader')), ['reader']));

  it('asks for no more words than move the order', () => {
    const text = Array.from({ length: 300 }, (_, at) => `word${at}x`).join(' ');
    assert.ok(termsOf(code(text)).length < 60);
  });
});

describe('namesOf: what may be the name of a declaration', () => {
  const cases: readonly (readonly [question: string, names: string])[] = [
    ['Where is the retry delay of fetchAll computed?', 'fetchAll'],
    ['who calls read_all and `open`', 'read_all open'],
    ['when does close() run in the Store', 'close'],
    ['what is utf8 here exactly', 'utf8'],
    ['Completer', 'Completer'],
    ['read file text', 'readfiletext read_file_text read text'],
    ['Where are settings read from the disk?', ''],
    ['', ''],
  ];
  for (const [text, names] of cases)
    it(`${text || 'nothing'}: ${names || 'none'}`, () => assert.equal(namesOf(question(text)).join(' '), names));

  it('takes the names of code as they are given', () =>
    assert.deepEqual(namesOf(code('readAll(fileNames)', ['openFile'])), ['openFile']));
});
