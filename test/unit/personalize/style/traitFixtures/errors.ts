import { inLanguage, py, type TraitFixture, ts } from './traitFixture.ts';

export const errorFixtures: readonly TraitFixture[] = [
  ts('thrownErrors', "throw new Error('a');\nthrow new RangeError('b');\nthrow new ProblemError(c);\nthrow d;\n", {
    builtin: 2,
    own: 1,
  }),
  py('thrownErrors', "raise ValueError('a')\nraise my.OwnError\nraise\n", { builtin: 1, own: 1 }),
  ts('earlyReturn', 'if (a) return;\nif (b) {\n  throw c;\n}\nif (d) {\n  e();\n} else {\n  f();\n}\n', {
    early: 2,
    nested: 1,
  }),
  py('earlyReturn', 'if a:\n    return\nif b: continue\nif c:\n    d()\nelse:\n    e()\n', { early: 2, nested: 1 }),
  ts('failure', "throw new Error('a');\nreturn { ok: false, b };\n", { throw: 1, result: 1 }),
  ts('caughtName', 'try {} catch (cause) {}\ntry {} catch (e: unknown) {}\ntry {} catch {}\na.catch(b);\n', {
    cause: 1,
    e: 1,
  }),
  py('caughtName', 'try: pass\nexcept (A, B) as error: pass\n', { error: 1 }),
  py('exceptClause', 'try: pass\nexcept ValueError: pass\nexcept Exception as e: pass\nexcept: pass\n', {
    specific: 1,
    exception: 1,
    bare: 1,
  }),
  inLanguage('rust', 'errorResults', 'let a = b()?;\nlet c = d().unwrap();\n', { question: 1, unwrap: 1 }),
  inLanguage('go', 'wrappedErrors', 'return nil, err\nreturn fmt.Errorf("a: %w", err)\n', { plain: 1, wrapped: 1 }),
  ts('logging', "console.log('a');\nlog.info('b');\nthis.#log.warn('c');\n", { console: 1, logger: 2 }),
  py('logging', "print('a')\nlogging.info('b')\nlogger.warning('c')\n", { print: 1, logging: 1, logger: 1 }),
  inLanguage('go', 'logging', 'fmt.Println("a")\nlog.Printf("b")\n', { fmt: 1, logger: 1 }),
  inLanguage('rust', 'logging', 'println!("a");\ninfo!("b");\n', { println: 1, macros: 1 }),
];
