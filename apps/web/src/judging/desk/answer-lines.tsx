import type { JudgingAnswers, JudgingQuestion } from '@attune/contracts';
import { useText } from '../../text/use-text.ts';
import { answerWords } from '../questions/answer-words.ts';
import { text } from '../questions/text.ts';

interface AnswerLinesProps {
  questions: readonly JudgingQuestion[];
  answers: JudgingAnswers;
}

/** Answers in words, a line for each question that was answered. */
export function AnswerLines({ questions, answers }: AnswerLinesProps) {
  const t = useText(text);
  return questions
    .filter(({ id }) => answers[id] !== undefined)
    .map((question) => (
      <p key={question.id} className="text-sm">
        {questions.length > 1 && <span className="text-soft">{question.title}: </span>}
        {answerWords(question, answers[question.id], t)}
      </p>
    ));
}
