// Where the general code comes from. What has no version here is pinned in starter/packages/, with its licence.
//
// For replay: packages that the starter was trained on, where its lists have the language. For the harm check: packages
// that it was not trained on. Nothing of the authors whose packages `npm run bench:personal` learns from.

/** How many places of each language, by its VS Code id: mostly the three that the extension is used for most. */
export const quotas = {
  typescript: { replay: 52, check: 26 },
  typescriptreact: { replay: 12, check: 6 },
  javascript: { replay: 40, check: 20 },
  python: { replay: 60, check: 30 },
  go: { replay: 12, check: 6 },
  rust: { replay: 12, check: 6 },
  java: { replay: 12, check: 6 },
  csharp: { replay: 6, check: 3 },
  cpp: { replay: 8, check: 4 },
  ruby: { replay: 4, check: 2 },
  php: { replay: 4, check: 2 },
  shellscript: { replay: 4, check: 2 },
  kotlin: { replay: 4, check: 2 },
  css: { replay: 4, check: 0 },
  scss: { replay: 0, check: 2 },
  sql: { replay: 3, check: 1 },
  yaml: { replay: 2, check: 1 },
  json: { replay: 2, check: 1 },
};

export const sources = [
  ...rows('replay', 'npm', ['typescript'], ['@tanstack/query-core', '@trpc/server', '@reduxjs/toolkit', 'zod']),
  ...rows('replay', 'npm', ['typescript'], ['rxjs', 'viem', 'mobx', 'effect', '@tiptap/core']),
  ...rows('replay', 'npm', ['typescript', 'typescriptreact'], ['@tanstack/react-router']),
  ...rows('replay', 'npm', ['typescriptreact'], ['@tiptap/react']),
  ...rows(
    'replay',
    'npm',
    ['javascript', 'json'],
    ['eslint', 'mocha', 'webpack', 'knex', 'fastify', 'express', 'pino'],
  ),
  ...rows('replay', 'npm', ['javascript', 'css'], ['three', 'markdown-it', 'leaflet', 'css-tree']),
  ...rows('replay', 'npm', ['css'], ['highlight.js', '@patternfly/react-styles']),
  ...rows('replay', 'pypi', ['python'], ['django', 'aiohttp', 'httpx', 'pytest', 'sqlalchemy', 'fastapi', 'mkdocs']),
  ...rows(
    'replay',
    'pypi',
    ['python'],
    ['sphinx', 'tornado', 'scikit-learn', 'wagtail', 'starlette', 'alembic', 'trio'],
  ),
  ...rows(
    'replay',
    'go',
    ['go', 'yaml', 'shellscript'],
    [
      'github.com/gin-gonic/gin',
      'github.com/go-chi/chi/v5',
      'github.com/spf13/cobra',
      'github.com/spf13/viper',
      'go.etcd.io/bbolt',
      'github.com/nats-io/nats.go',
    ],
  ),
  ...rows(
    'replay',
    'crates',
    ['rust', 'shellscript'],
    ['ripgrep', 'clap_builder', 'regex-syntax', 'serde_json', 'bat'],
  ),
  ...rows(
    'replay',
    'maven',
    ['java'],
    [
      'com.google.code.gson:gson',
      'org.apache.commons:commons-collections4',
      'commons-io:commons-io',
      'org.springframework:spring-webmvc',
      'org.mybatis:mybatis',
      'com.squareup.retrofit2:retrofit',
    ],
  ),
  ...rows('replay', 'debian', ['csharp'], ['newtonsoft-json']),
  ...rows('replay', 'debian', ['cpp', 'shellscript'], ['spdlog', 'catch2', 'leveldb', 'benchmark']),
  ...rows('replay', 'debian', ['sql'], ['pglogical']),
  own('replay', 'deb', ['ruby'], 'ruby-rack', '2.2.22-0+deb12u2', 'MIT'),
  own('replay', 'deb', ['ruby'], 'rake', '13.0.6-3', 'MIT'),
  own('replay', 'debian', ['php'], 'php-monolog', '2.9.1', 'MIT'),
  own('replay', 'maven', ['kotlin'], 'com.squareup.okhttp3:okhttp', '4.12.0', 'Apache-2.0'),

  ...rows('check', 'npm', ['typescript'], ['@grpc/grpc-js', 'langium', 'chevrotain']),
  own('check', 'npm', ['typescript'], 'cheerio', '1.2.0', 'MIT'),
  ...rows('check', 'npm', ['typescriptreact'], ['react-native-paper']),
  own('check', 'npm', ['javascript', 'json'], 'koa', '3.3.0', 'MIT'),
  own('check', 'npm', ['javascript', 'json'], '@hapi/hapi', '21.4.10', 'BSD-3-Clause'),
  own('check', 'npm', ['javascript'], 'nunjucks', '3.2.4', 'BSD-2-Clause'),
  own('check', 'npm', ['javascript'], 'stylelint', '18.0.0', 'MIT'),
  own('check', 'npm', ['javascript'], 'moleculer', '0.15.2', 'MIT'),
  own('check', 'npm', ['scss'], 'bulma', '1.0.4', 'MIT'),
  ...rows('check', 'pypi', ['python'], ['luigi', 'pdm']),
  own('check', 'pypi', ['python'], 'sympy', '1.14.0', 'BSD-3-Clause'),
  own('check', 'pypi', ['python'], 'pypdf', '7.1.0', 'BSD-3-Clause'),
  own('check', 'pypi', ['python'], 'altair', '6.3.0', 'BSD-3-Clause'),
  own('check', 'pypi', ['python'], 'aiogram', '3.31.0', 'MIT'),
  ...rows(
    'check',
    'go',
    ['go', 'yaml', 'shellscript'],
    [
      'github.com/rs/zerolog',
      'github.com/yuin/goldmark',
      'github.com/labstack/echo/v4',
      'github.com/junegunn/fzf',
      'github.com/dgraph-io/badger/v4',
    ],
  ),
  ...rows('check', 'crates', ['rust'], ['axum', 'petgraph', 'comrak', 'handlebars']),
  ...rows('check', 'maven', ['java'], ['com.zaxxer:HikariCP', 'org.jsoup:jsoup', 'redis.clients:jedis']),
  ...rows('check', 'debian', ['csharp'], ['nunit', 'dbus-sharp']),
  ...rows('check', 'debian', ['cpp'], ['pugixml', 're2', 'yaml-cpp', 'ninja-build']),
  own('check', 'deb', ['ruby'], 'ruby-thor', '1.2.1-2', 'MIT'),
  own('check', 'debian', ['php'], 'php-twig', '3.5.1', 'BSD-3-Clause'),
  own('check', 'deb', ['sql'], 'postgresql-15-pgtap', '1.2.0-3', 'PostgreSQL'),
  own('check', 'maven', ['kotlin'], 'com.squareup.okio:okio-jvm', '3.9.0', 'Apache-2.0'),
];

function rows(set, ecosystem, languages, names) {
  return names.map((name) => ({ set, ecosystem, languages, name }));
}

function own(set, ecosystem, languages, name, version, licence) {
  return { set, ecosystem, languages, name, version, licence };
}
