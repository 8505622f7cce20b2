import { randomUUID } from 'node:crypto';

export interface Note {
  id: string;
  title: string;
  body: string;
  tags: string[];
  createdAt: Date;
}

export class NoteStore {
  private readonly notes = new Map<string, Note>();

  add(title: string, body: string, tags: string[] = []): Note {
    const note: Note = { id: randomUUID(), title, body, tags, createdAt: new Date() };
    this.notes.set(note.id, note);
    return note;
  }

  get(id: string): Note | undefined {
    return this.notes.get(id);
  }

  list(): Note[] {
    return [...this.notes.values()];
  }

  remove(id: string): boolean {
    return this.notes.delete(id);
  }

  withTag(tag: string): Note[] {
    const found: Note[] = [];
    for (const note of this.notes.values()) {
      if (note.tags.includes(tag)) {
        found.push(note);
      }
    }
    return found;
  }
}
