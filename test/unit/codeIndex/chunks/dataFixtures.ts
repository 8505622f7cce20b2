import type { LanguageFixture } from './languageFixture.ts';

/** Data, markup and style sheets. */
export const dataFixtures: Readonly<Record<string, LanguageFixture>> = {
  css: {
    code: `@import 'a.css';

:root {
  --a: ░ ░ ░;
}

/* The head. */
.head > a,
.head:hover {
  margin: ░ ░ ░;
}

@media (min-width: 10em) {
  .wide {
    margin: ░ ░ ░;
  }
  .wider {
    margin: ░ ░ ░;
  }
}
`,
    chunks: [
      'block :root 1-5',
      'block .head > a, .head:hover 7-11',
      'block @media (min-width: 10em) > .wide 13-16',
      'block @media (min-width: 10em) > .wider 17-20',
    ],
  },
  html: {
    code: `<!doctype html>
<html>
  <head>
    <title>░</title>
    <style>
      a { margin: ░ ░ ░; }
    </style>
  </head>
  <body>
    <main id="content">
      <p>░</p>
      <p>░</p>
      <section>░ ░ ░</section>
    </main>
    <script>
      ░(░, ░);
    </script>
  </body>
</html>
`,
    chunks: [
      'block html > head 1-4',
      'block html > head > style 5-8',
      'block html > body > #content 9-12',
      'block html > body > #content > section 13-14',
      'block html > body > script 15-19',
    ],
  },
  json: {
    code: `{
  "name": "a",
  "version": "1",
  "scripts": {
    "build": "░ ░",
    "test": "░ ░"
  },
  "files": ["░", "░", "░"]
}
`,
    chunks: ['block scripts > build 1-5', 'block scripts > test 6-7', 'block files 8-9'],
  },
  jsonc: {
    code: `{
  // The first.
  "a": "░ ░ ░",
  "b": "░ ░ ░"
}
`,
    chunks: ['block a 1-3', 'block b 4-5'],
  },
  yaml: {
    code: `name: build
on: push
jobs:
  # Builds it.
  build:
    runs-on: ░ ░ ░
  test:
    steps:
      - run: ░
      - run: ░ ░
env:
  A: ░ ░ ░
`,
    chunks: ['block jobs > build 1-6', 'block jobs > test 7-10', 'block env 11-12'],
  },
  toml: {
    code: `title = "a"

[package]
name = "░ ░ ░"

# What it needs.
[dependencies.serde]
version = "░ ░ ░"

[[bin]]
name = "░ ░ ░"
`,
    chunks: ['block package 1-4', 'block dependencies > serde 6-8', 'block bin 10-11'],
  },
  ini: {
    code: `; The first.
[a]
b = ░ ░ ░

[c]
d = ░ ░ ░
`,
    chunks: ['block a 1-3', 'block c 5-6'],
  },
  vue: {
    code: `<template>
  <p v-if="a" :title="░">{{ a }}</p>
</template>

<script setup lang="ts">
import { ref } from 'vue';

/** Counts. */
function count(by: number): void {
  ░;
  ░;
}

const total = computed(() => {
  return ░;
});
</script>

<style scoped>
p { margin: ░ ░ ░; }
</style>
`,
    chunks: [
      'block template 1-3',
      'function script > count 5-12',
      'variable script > total 14-17',
      'block style 19-21',
    ],
  },
};
