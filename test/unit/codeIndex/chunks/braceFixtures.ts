import type { LanguageFixture } from './languageFixture.ts';

/** Languages with braces. */
export const braceFixtures: Readonly<Record<string, LanguageFixture>> = {
  typescript: {
    code: `import { a } from './a.ts';
import { b } from './b.ts';

export const limit = 3;

/** Completes. */
@sealed
export class Completer<T> extends Base<T> {
  #cache = new Map<string, T>();

  constructor(readonly options: Options) {
    super(░);
  }

  /** Says what comes next. */
  @timed
  async complete(text: string): Promise<string> {
    return ░;
  }

  readonly short = (a: string) => {
    return ░ + ░;
  };
}

// How to be called back.
export const onDone = async (result: string) => {
  await ░;
};

export interface Options {
  readonly a: ░;
}

namespace Outer.Inner {
  export function deep() {
    return ░;
  }
}
`,
    chunks: [
      'statements 1-4',
      'class Completer 6-9',
      'method Completer > constructor 11-13',
      'method Completer > complete 15-19',
      'method Completer > short 21-24',
      'function onDone 26-29',
      'type Options 31-33',
      'function Outer > Inner > deep 35-39',
    ],
  },
  typescriptreact: {
    code: `export function Button(props: Props) {
  return <b title={░}>{props.text}</b>;
}

const Row = memo((props: Props) => <tr>{░}</tr>);
`,
    chunks: ['function Button 1-3', 'variable Row 5-5'],
  },
  javascript: {
    code: `'use strict';
const fs = require('fs');

Parser.prototype.parse = function (text) {
  return ░;
};

exports.open = (path) => {
  return ░;
};

describe('parser', () => {
  it('parses', () => {
    expect(░).toBe(░);
  });

  it('says so', () => {
    expect(░).toBe(░);
  });

  function helper() {
    return ░ + ░ + ░ + ░;
  }
});
`,
    chunks: [
      'statements 1-2',
      'function Parser > parse 4-6',
      'function open 8-10',
      'statements 12-19',
      'function helper 21-24',
    ],
  },
  go: {
    code: `package store

import "fmt"

// Store keeps.
type Store[T any] struct {
	a int // ░
}

// Open opens it.
func (s *Store[T]) Open(path string) error {
	return ░
}

func New() *Store[int] {
	return ░
}

const (
	one = 1
	two = 2
)
`,
    chunks: ['type Store 1-8', 'method Store > Open 10-13', 'function New 15-17', 'statements 19-22'],
  },
  rust: {
    code: `//! The store.
use std::fmt;

/// Keeps.
#[derive(Debug)]
pub struct Store<T> {
    a: T, // ░
}

impl<T> fmt::Display for Store<T> {
    /// Shows.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        ░
    }

    fn other(&self) -> u8 {
        ░
    }
}

mod inner {
    pub fn open() {
        ░
    }
}

macro_rules! twice {
    ($a:expr) => { $a + $a + ░ };
}
`,
    chunks: [
      'class Store 1-8',
      'method Store > fmt 10-14',
      'method Store > other 16-19',
      'function inner > open 21-25',
      'variable twice 27-29',
    ],
  },
  java: {
    code: `package a.b;

import java.util.List;

/** Keeps. */
@Service
public class Store extends Base {
    private final int a = 1;

    public Store() {
        super(░);
    }

    /** Opens it. */
    @Override
    public <T> T open(String path) {
        return ░;
    }

    interface Inner {
        void run(int ░);
    }

    enum Kind { A, B }

    void last() {
        run(░);
    }
}
`,
    chunks: [
      'class Store 1-8',
      'method Store > Store 10-12',
      'method Store > open 14-18',
      'type Store > Inner 20-22',
      'type Store > Kind 24-24',
      'method Store > last 26-29',
    ],
  },
  c: {
    code: `#ifndef STORE_H
#define STORE_H
#include <stdio.h>

struct store {
  int a; /* ░ */
};

/* Opens it. */
static struct store *store_open(const char *path) {
  int local = 1;
  return ░;
}

int store_close(struct store *s);

#endif
`,
    chunks: ['statements 1-3', 'class store 5-7', 'function store_open 9-13', 'function store_close 15-17'],
  },
  cpp: {
    code: `#include <vector>

namespace a::b {

/// Keeps.
template <class T>
class Store : public Base {
 public:
  Store();
  ~Store() { ░(); }

  int open(const char *path) const {
    return ░;
  }

 private:
  int a = ░;
  int b = ░;
};

template <>
int Store<int>::close(int how) {
  return ░;
}

bool operator==(const A &a, const A &b) {
  return ░;
}

}  // namespace a::b
`,
    chunks: [
      'class a > b > Store 1-9',
      'method a > b > Store > ~Store 10-10',
      'method a > b > Store > open 12-14',
      'statements a > b > Store 16-19',
      'function a > b > Store > close 21-24',
      'function a > b > operator== 26-30',
    ],
  },
  csharp: {
    code: `using System;

namespace A.B;

/// <summary>Keeps.</summary>
[Serializable]
public class Store : Base
{
    private int a = 1;

    public Store(int a)
    {
        ░();
    }

    public async Task<int> Open<T>(string path)
    {
        return ░;
    }

    public int Size
    {
        get { return ░ + ░; }
    }
}
`,
    chunks: [
      'class A > B > Store 1-9',
      'method A > B > Store > Store 11-14',
      'method A > B > Store > Open 16-19',
      'variable A > B > Store > Size 21-25',
    ],
  },
  kotlin: {
    code: `package a.b

import c.d

/** Keeps. */
@Serializable
class Store(val a: Int) : Base() {
    private val b = 1

    fun open(path: String): Int {
        return ░
    }

    companion object {
        fun create(): Store {
            return ░ + ░ + ░
        }
    }
}

fun String.shout(): String {
    return ░
}
`,
    chunks: ['class Store 1-8', 'method Store > open 10-12', 'method Store > create 14-19', 'function shout 21-23'],
  },
  zig: {
    code: `const std = @import("std");

/// Adds.
pub fn add(a: u32, b: u32) u32 {
    return ░;
}

test "adds" {
    try std.testing.expect(░);
}
`,
    chunks: ['variable std 1-1', 'function add 3-6', 'function adds 8-10'],
  },
};
