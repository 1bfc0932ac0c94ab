import { setImmediate as turn } from 'node:timers/promises';
import type { FoundPassage } from './passage-index.ts';

export interface Passage {
  readonly documentId: string;
  readonly text: string;
  readonly vector: Float32Array;
}

/** Passages compared before others get their turn: about two milliseconds. */
const ROWS_PER_TURN = 8_192;

/** The passages of one organisation in memory. Vectors have length 1, so that their product is the cosine. */
export class PassageMatrix {
  #passages: Passage[] = [];

  get size(): number {
    return this.#passages.length;
  }

  get documents(): Set<string> {
    return new Set(this.#passages.map(({ documentId }) => documentId));
  }

  add(passages: readonly Passage[]): void {
    this.#passages = [...this.#passages, ...passages];
  }

  remove(documents: ReadonlySet<string>): void {
    this.#passages = this.#passages.filter(({ documentId }) => !documents.has(documentId));
  }

  async search(vector: Float32Array, limit: number): Promise<FoundPassage[]> {
    const passages = this.#passages;
    const best: FoundPassage[] = [];
    for (const [row, passage] of passages.entries()) {
      if (row > 0 && row % ROWS_PER_TURN === 0) await turn();
      const similarity = product(passage.vector, vector);
      if (best.length === limit && similarity <= (best.at(-1)?.similarity ?? 0)) continue;
      insert(best, { documentId: passage.documentId, text: passage.text, similarity }, limit);
    }
    return best;
  }
}

function insert(best: FoundPassage[], found: FoundPassage, limit: number): void {
  const place = best.findIndex(({ similarity }) => similarity < found.similarity);
  best.splice(place === -1 ? best.length : place, 0, found);
  if (best.length > limit) best.pop();
}

/** Inner product; 0 where lengths differ, as they do when the embedder was changed in between. */
function product(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
