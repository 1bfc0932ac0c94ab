/** One question with the answers that competed for it. */
export interface LoggedQuestion {
  readonly responseId: string;
  readonly query: string;
  /** Earlier turns as one text; null where it was the first. */
  readonly context: string | null;
  readonly candidates: readonly {
    readonly text: string;
    readonly model: string;
    readonly score: number | null;
  }[];
}

/** What judging needs from the room that answers questions. */
export interface LoggedCandidates {
  /** Answers with two or more different candidates, newest first, up to `limit`. */
  recent(
    organization: string,
    filter: { readonly since: Date | null; readonly limit: number },
  ): Promise<LoggedQuestion[]>;
}
