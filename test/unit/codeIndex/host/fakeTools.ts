import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delay } from '../../../../src/base/aborts.ts';
import { Emitter } from '../../../../src/base/emitter.ts';
import type { FolderTools, RunningIndexer, StoreFault } from '../../../../src/codeIndex/host/folderTools.ts';
import type { IndexStore } from '../../../../src/codeIndex/store/indexStore.ts';

/** An error that says of itself what it means. */
export class Fault extends Error {
  readonly fault: StoreFault;
  constructor(fault: StoreFault) {
    super(`the store is ${fault}`);
    this.fault = fault;
  }
}

/** Tools over stores that hold nothing, and that do as they are told. `done` says what was done. */
export class FakeTools implements FolderTools {
  readonly done: string[] = [];
  /** Indexes that another process writes. */
  readonly locked = new Set<string>();
  /** What opening fails with, by location. */
  readonly unreadable = new Map<string, Error>();
  /** Locations that never answer. */
  readonly hanging = new Set<string>();
  /** What the next search fails with. */
  searchFault: Error | undefined;
  /** Breaks the indexer that runs. */
  breakIndexer: (cause: Error) => void = () => {};

  async tryLock(indexFolder: string) {
    if (this.locked.has(indexFolder)) return undefined;
    this.locked.add(indexFolder);
    const release = async () => {
      this.locked.delete(indexFolder);
      this.done.push('released');
    };
    return { lost: new AbortController().signal, release };
  }

  async holdLock(indexFolder: string, signal: AbortSignal, pollMs: number) {
    for (;;) {
      const lock = await this.tryLock(indexFolder);
      if (lock !== undefined) return lock;
      await delay(pollMs, signal);
    }
  }

  async openWriter({ location }: { location: string }) {
    this.#open(location);
    mkdirSync(location, { recursive: true });
    writeFileSync(join(location, 'rows'), '');
    this.done.push('writing');
    return { store: this.#store('writer') };
  }

  async openReader({ location }: { location: string }) {
    if (this.hanging.has(location)) await new Promise(() => {});
    this.#open(location);
    this.done.push('reading');
    return this.#store('reader');
  }

  async setAside(location: string) {
    rmSync(location, { recursive: true });
    this.done.push('set aside');
  }

  faultOf(cause: unknown) {
    return cause instanceof Fault ? cause.fault : undefined;
  }

  async startIndexer(): Promise<RunningIndexer> {
    return {
      status: { state: 'ready', files: 1, chunks: 2 },
      onStatus: new Emitter(),
      isComplete: true,
      passesDone: Promise.resolve(),
      failed: new Promise((_, reject) => (this.breakIndexer = reject)),
      changed: (paths) => void this.done.push(`changed ${paths.join(' ')}`),
      activity: () => void this.done.push('activity'),
      setPaused: (paused) => void this.done.push(paused ? 'paused' : 'resumed'),
      forget: async (subfolder) => void this.done.push(`forgot ${subfolder}`),
      [Symbol.asyncDispose]: async () => void this.done.push('indexer ended'),
    };
  }

  async noteForgotten(_indexFolder: string, subfolder: string) {
    this.done.push(`noted ${subfolder}`);
  }

  #open(location: string): void {
    const fault = this.unreadable.get(location);
    if (fault !== undefined) throw fault;
  }

  #store(name: string): IndexStore {
    const search = async () => {
      if (this.searchFault !== undefined) throw this.searchFault;
      return [];
    };
    return {
      folder: name,
      chunkCount: 2,
      files: new Map(),
      byTerms: search,
      byVector: search,
      byName: search,
      hasBlob: () => false,
      vectorsOf: async () => new Map(),
      apply: async () => {},
      tidy: async () => {},
      [Symbol.asyncDispose]: async () => void this.done.push(`${name} closed`),
    };
  }
}
