/** Places where the starter model is known to have something to say; `█` is where the test types. */
export const idioms = {
  typescript: {
    path: 'src/idiom.ts',
    text: "const fs = require('fs');\n█\n",
    typed: 'const path = req',
  },
  /** Where it could go on in more than one way. */
  openEnded: {
    path: 'src/openEnded.ts',
    text: 'export function isEmpty(list: readonly string[]): boolean {\n█\n}\n',
    typed: '  return list.len',
  },
  python: {
    path: 'scripts/idiom.py',
    text: 'import os\nimport sys\n\n\ndef main():\n    print(sys.argv)\n\n\n█\n',
    typed: 'if __name__ == ',
  },
} as const;
