import type { JudgingAnswer, JudgingAnswers, JudgingQuestion } from '@attune/contracts';
import type { QuestionOf, ShownResponse } from './of-kind.ts';

/** The first required question that is not wholly answered; null when the answers can be sent. */
export function unanswered(
  questions: readonly JudgingQuestion[],
  answers: JudgingAnswers,
  responses: readonly ShownResponse[],
): JudgingQuestion | null {
  return (
    questions.find(
      (question) => question.required && !isAnswered(question, answers[question.id], responses),
    ) ?? null
  );
}

/** Whether everything that the question asks is said. */
export function isAnswered(
  question: JudgingQuestion,
  answer: JudgingAnswer | undefined,
  responses: readonly ShownResponse[],
): boolean {
  if (answer === undefined) return false;
  if (answer.kind === 'text') return answer.text.trim() !== '';
  if (answer.kind === 'labels') return answer.labels.length > 0;
  if (answer.kind === 'ranking') return answer.places.flat().length === responses.length;
  if (question.kind === 'stars' && answer.kind === 'stars')
    return hasAllStars(question, answer.stars, responses);
  return true;
}

function hasAllStars(
  { dimensions }: QuestionOf<'stars'>,
  stars: Readonly<Record<string, Readonly<Record<string, number>>>>,
  responses: readonly ShownResponse[],
): boolean {
  return responses.every((response) =>
    dimensions.every((dimension) => stars[response.key]?.[dimension.key] !== undefined),
  );
}

/** Answers as they are sent: what is begun but not said (half a ranking, an empty text) is left out. */
export function sayable(
  questions: readonly JudgingQuestion[],
  answers: JudgingAnswers,
  responses: readonly ShownResponse[],
): JudgingAnswers {
  const said = questions.flatMap((question) => {
    const answer = answers[question.id];
    const whole = question.kind === 'stars' || isAnswered(question, answer, responses);
    return answer !== undefined && whole ? [[question.id, answer] as const] : [];
  });
  return Object.fromEntries(said);
}
