import type { JudgingAnswer, JudgingAnswers, JudgingQuestion } from '@attune/contracts';
import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import type { ShownResponse } from '../questions/of-kind.ts';
import { QuestionView } from '../questions/question-view.tsx';
import type { Passage } from '../questions/spans.ts';
import { isAnswered } from '../questions/unanswered.ts';
import { text } from './text.ts';

interface QuestionsPanelProps {
  questions: readonly JudgingQuestion[];
  responses: readonly ShownResponse[];
  answers: JudgingAnswers;
  onAnswer: (question: string, answer: JudgingAnswer | null) => void;
  /** Which question the keys answer. */
  active: string;
  onActive: (question: string) => void;
  passage: Passage | null;
  onPassage: (passage: Passage | null) => void;
}

/** The questions of a project, one of which the keys answer. */
export function QuestionsPanel(props: QuestionsPanelProps) {
  const { questions, responses, answers, onAnswer, active, onActive, passage, onPassage } = props;
  const t = useText(text);
  const panel = useRef<HTMLElement>(null);
  const seen = useRef(active);
  useEffect(() => {
    if (seen.current === active) return;
    seen.current = active;
    panel.current?.querySelector(`[data-question="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const go = (by: 1 | -1) => {
    const next = questions[questions.findIndex(({ id }) => id === active) + by];
    if (next !== undefined) onActive(next.id);
  };
  useKeys(
    {
      j: { says: t.keys.nextQuestion, does: () => go(1), repeats: true },
      k: { says: t.keys.previousQuestion, does: () => go(-1), repeats: true },
    },
    { help: t.keys.title, when: questions.length > 1 },
  );
  return (
    <section ref={panel} aria-label={t.questions} className="grid gap-1">
      {questions.map((question) => (
        <fieldset
          key={question.id}
          data-question={question.id}
          data-active={(questions.length > 1 && question.id === active) || undefined}
          onPointerDown={() => onActive(question.id)}
          onFocus={() => onActive(question.id)}
          className="rounded-xl border border-transparent px-3 py-2 data-active:border-line data-active:bg-paper"
        >
          <legend className="sr-only">{question.title}</legend>
          <p aria-hidden className="mb-1.5 flex items-center gap-2 font-medium text-sm">
            {question.title}
            {isAnswered(question, answers[question.id], responses) ? (
              <Check className="size-4 text-good" />
            ) : (
              !question.required && <span className="font-normal text-faint text-xs">{t.optional}</span>
            )}
          </p>
          {question.description !== undefined && question.description !== '' && (
            <p className="mb-1.5 text-soft text-xs">{question.description}</p>
          )}
          <QuestionView
            question={question}
            responses={responses}
            answer={answers[question.id] ?? null}
            onAnswer={(answer) => onAnswer(question.id, answer)}
            active={question.id === active}
            passage={passage}
            onPassage={onPassage}
          />
        </fieldset>
      ))}
    </section>
  );
}
