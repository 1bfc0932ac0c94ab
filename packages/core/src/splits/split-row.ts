/** What a split needs to know of a row. */
export interface SplitRow {
  readonly query: string;
  /** The turns before it; left out or '' where it was the first. */
  readonly context?: string;
  /** What stratified splits keep in proportion, for example whether the rating is good. */
  readonly label: string;
  readonly person: string;
  readonly createdAt: Date;
}

/** Rows to train on and rows to validate on; no query stands in both, and no two turns of one conversation. */
export interface Split<T> {
  train: T[];
  validation: T[];
  /** Rows in neither, because using them would let a query, a conversation or a person cross. */
  left_out: T[];
}
