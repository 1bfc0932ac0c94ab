import type { JudgingQuestion } from '@attune/contracts';

/** A question, or a dimension of it, by its titles. */
export function questionName(
  questions: readonly JudgingQuestion[],
  id: string,
  dimension: string | null,
): string {
  const question = questions.find((one) => one.id === id);
  const title = question?.title ?? id;
  if (dimension === null) return title;
  const dimensions = question?.kind === 'stars' ? question.dimensions : [];
  return `${title} · ${dimensions.find(({ key }) => key === dimension)?.title ?? dimension}`;
}
