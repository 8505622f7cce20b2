import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { declaredTerm, isDeclaredTerm, searchTerms } from '../../../src/codeIndex/terms.ts';

describe('searchTerms: what BM25 counts', () => {
  const cases: readonly (readonly [text: string, terms: string])[] = [
    ['parseHTTPHeaders', 'parse http headers parsehttpheaders'],
    ['parse_http_headers(x)', 'parse http headers parsehttpheaders'],
    ['const total = items.length', 'const total =total items length'],
    ['MAX_FILE_BYTES = 404', 'max file bytes maxfilebytes 404'],
    ['_private __init__ $scope', 'private init scope'],
    ['utf8ToUtf16', 'utf to utf 16 utf8toutf16'],
    ['a + b1 * 7', 'b1'],
    ['Café naïveÉtat', 'cafe naive etat naiveetat'],
    ['파일을 읽는다', '파일 일을 읽는 는다'],
    ['読む', '読む'],
    ['字', '字'],
    ['HTTP서버 시작', 'http 서버 시작'],
    ['Файл Ёлка', 'файл ёлка'],
    ['da39a3ee5e6b4b0d3255bfef95601890afd80709', 'da 39 ee 3255 bfef afd'],
    ['export function readAll() {', 'export function read all readall =readall'],
    ['function* steps', 'function steps =steps'],
    ['  const inner = 1', 'const inner'],
    ['  def run(self)', 'def run =run self'],
    ['class: Name', 'class name'],
    ['', ''],
  ];
  for (const [text, terms] of cases)
    it(`${JSON.stringify(text)}: ${terms}`, () => assert.equal(searchTerms(text).join(' '), terms));

  it('a name is found however it is spelled', () => {
    for (const spelling of ['readFileText', 'read_file_text', 'READ_FILE_TEXT', 'ReadFileText', 'readfiletext'])
      assert.ok(searchTerms(spelling).includes('readfiletext'), spelling);
  });

  it('finds what declares a name by a term of its own', () => {
    assert.equal(declaredTerm('readAll'), '=readall');
    assert.equal(declaredTerm('read_all'), '=readall');
    assert.equal(declaredTerm('?'), '');
    assert.ok(isDeclaredTerm(declaredTerm('read')));
    assert.ok(!isDeclaredTerm('read'));
  });

  it('whatever the text, terms are short, without spaces and small', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const term of searchTerms(text)) assert.match(term, /^\S{1,40}$/u);
      }),
    );
  });
});
