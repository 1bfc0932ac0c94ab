import type { DroppedRows } from '@attune/contracts';
import type { z } from 'zod';

type Dropped = z.infer<typeof DroppedRows>;

const EXAMPLES = 3;
const EXAMPLE_CHARACTERS = 160;

/** Collects what was left out: per reason how many, with a few shortened examples. */
export class DropReport {
  readonly #reasons = new Map<string, Dropped>();

  add(reason: string, example: string): void {
    const dropped = this.#reasons.get(reason) ?? { reason, count: 0, examples: [] };
    dropped.count++;
    if (dropped.examples.length < EXAMPLES) dropped.examples.push(shortened(example));
    this.#reasons.set(reason, dropped);
  }

  /** Most frequent first. */
  rows(): Dropped[] {
    return [...this.#reasons.values()].sort((a, b) => b.count - a.count);
  }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= EXAMPLE_CHARACTERS
    ? line
    : `${characters.slice(0, EXAMPLE_CHARACTERS - 1).join('')}…`;
}
