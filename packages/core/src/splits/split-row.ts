/** What a split needs to know of a row. */
export interface SplitRow {
  readonly query: string;
  /** What stratified splits keep in proportion, for example whether the rating is good. */
  readonly label: string;
  readonly person: string;
  readonly createdAt: Date;
}

/** Rows to train on and rows to validate on; no query stands in both. */
export interface Split<T> {
  train: T[];
  validation: T[];
  /** Rows in neither, because using them would let a query or a person cross. */
  left_out: T[];
}
