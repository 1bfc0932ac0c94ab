/** One person's feedback on one answer, as preparation, pairing and splitting read it. */
export interface TrainingFeedback {
  readonly id: string;
  readonly query: string;
  /** The turns before the query as one text, as `earlierTurns` writes them; '' where it was the first. */
  readonly context: string;
  readonly response: string;
  /** Stars, 1 to 5; null where the person gave none. */
  readonly rating: number | null;
  /** Stars by dimension, 1 to 5. */
  readonly dimensions: Readonly<Partial<Record<string, number>>>;
  /** The answer as it should have been. */
  readonly correction: string | null;
  readonly comment: string | null;
  /** Who gave it; people who are not known have a name each. */
  readonly person: string;
  /** Where it came from; the times of `import` are not taken for the times of rating. */
  readonly source: string;
  readonly createdAt: Date;
}
