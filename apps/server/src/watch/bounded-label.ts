/**
 * Keeps the number of a metric's time series bounded: the first `limit` values stand for themselves, later ones
 * become `other`. What callers choose (names of models, say) must never grow a metric without end.
 */
export class BoundedLabel {
  readonly #known = new Set<string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  of(value: string | null): string {
    if (value === null) return 'none';
    if (this.#known.has(value)) return value;
    if (this.#known.size >= this.#limit) return 'other';
    this.#known.add(value);
    return value;
  }
}
