import type { JudgingAnswers, JudgingItemKind, JudgingQuestion } from '@attune/contracts';

/** One vote as the report looks at it; a skip has no answers. */
export interface ReportVote {
  readonly item: string;
  readonly kind: JudgingItemKind;
  readonly judge: string;
  readonly skipped: boolean;
  readonly answers: JudgingAnswers;
  /** Place of the response at each position. */
  readonly shown: readonly number[];
  readonly seconds: number | null;
  /** Monday of the week, as YYYY-MM-DD (UTC). */
  readonly week: string;
}

/** An item as the report looks at it. */
export interface ReportItem {
  readonly id: string;
  /** Characters of each response. */
  readonly lengths: readonly number[];
  /** Texts of the responses where passages are marked in them, else none. */
  readonly texts: readonly string[];
  readonly known: JudgingAnswers | null;
}

/** Everything that the report is made of; plain data, since it goes to a worker thread. */
export interface ReportInput {
  readonly questions: readonly JudgingQuestion[];
  readonly items: readonly ReportItem[];
  readonly votes: readonly ReportVote[];
  /** Principal → name. */
  readonly names: Readonly<Record<string, string>>;
  readonly seed: number;
}
