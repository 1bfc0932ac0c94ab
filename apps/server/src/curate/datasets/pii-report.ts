import type { PiiReport } from '@attune/contracts';
import { findPii, type PiiSpan } from '@attune/core';

/** Counts personal data as it is found; keeps no text. */
export class PiiCount {
  #found = 0;
  #rows = 0;
  readonly #byKind = new Map<PiiSpan['kind'], number>();
  readonly #byField = new Map<string, number>();

  /** Counts what was found in the fields of one row. */
  addRow(fields: Iterable<readonly [field: string, spans: readonly PiiSpan[]]>): void {
    const before = this.#found;
    for (const [field, spans] of fields) {
      if (spans.length === 0) continue;
      this.#found += spans.length;
      this.#byField.set(field, (this.#byField.get(field) ?? 0) + spans.length);
      for (const { kind } of spans) this.#byKind.set(kind, (this.#byKind.get(kind) ?? 0) + 1);
    }
    if (this.#found > before) this.#rows++;
  }

  report(): PiiReport {
    return {
      found: this.#found,
      rows: this.#rows,
      by_kind: Object.fromEntries([...this.#byKind].sort()),
      by_field: Object.fromEntries([...this.#byField].sort()),
    };
  }
}

/** Personal data in the texts of rows. A text that stands in many rows is read once. */
export function piiReport(rows: readonly Readonly<Record<string, string>>[]): PiiReport {
  const count = new PiiCount();
  const known = new Map<string, PiiSpan[]>();
  const spansOf = (text: string) => {
    const spans = known.get(text) ?? findPii(text);
    known.set(text, spans);
    return spans;
  };
  for (const row of rows) count.addRow(Object.entries(row).map(([field, text]) => [field, spansOf(text)]));
  return count.report();
}
