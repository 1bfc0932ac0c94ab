import type { JudgingAnswer, JudgingQuestion } from '@attune/contracts';

export type QuestionKind = JudgingQuestion['kind'];
/** A question of one kind. */
export type QuestionOf<Kind extends QuestionKind> = Extract<JudgingQuestion, { kind: Kind }>;
/** An answer to a question of one kind. */
export type AnswerOf<Kind extends QuestionKind> = Extract<JudgingAnswer, { kind: Kind }>;

/** A response as whoever answers sees it. */
export interface ShownResponse {
  readonly key: string;
  readonly text: string;
}

/** What every kind of question is drawn from. */
export interface QuestionProps<Kind extends QuestionKind> {
  readonly question: QuestionOf<Kind>;
  readonly responses: readonly ShownResponse[];
  /** Null before anything was said. */
  readonly answer: AnswerOf<Kind> | null;
  readonly onAnswer: (answer: AnswerOf<Kind> | null) => void;
  /** Its keys work now. */
  readonly active: boolean;
}
