import json
import sys
from collections import Counter


def load_notes(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def count_tags(notes):
    counts = Counter()
    for note in notes:
        for tag in note["tags"]:
            counts[tag] += 1
    return counts


def average_length(notes):
    if not notes:
        return 0
    total = 0
    for note in notes:
        total += len(note["body"])
    return total / len(notes)


def main():
    notes = load_notes(sys.argv[1])
    print("notes:", len(notes))
    print("average length:", average_length(notes))
    for tag, count in count_tags(notes).most_common(5):
        print(tag, count)


