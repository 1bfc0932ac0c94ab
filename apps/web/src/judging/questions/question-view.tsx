import type { JudgingAnswer, JudgingQuestion } from '@attune/contracts';
import { LabelsQuestion } from './labels-question.tsx';
import type { ShownResponse } from './of-kind.ts';
import { PairwiseQuestion } from './pairwise-question.tsx';
import { RankingQuestion } from './ranking-question.tsx';
import type { Passage } from './spans.ts';
import { SpansQuestion } from './spans-question.tsx';
import { StarsQuestion } from './stars-question.tsx';
import { TextQuestion } from './text-question.tsx';

interface QuestionViewProps {
  question: JudgingQuestion;
  responses: readonly ShownResponse[];
  answer: JudgingAnswer | null;
  onAnswer: (answer: JudgingAnswer | null) => void;
  active: boolean;
  passage: Passage | null;
  onPassage: (passage: Passage | null) => void;
}

/** What answers a question, by its kind. */
export function QuestionView({ question, answer, passage, onPassage, ...given }: QuestionViewProps) {
  switch (question.kind) {
    case 'pairwise':
      return (
        <PairwiseQuestion
          {...given}
          question={question}
          answer={answer?.kind === 'pairwise' ? answer : null}
        />
      );
    case 'ranking':
      return (
        <RankingQuestion {...given} question={question} answer={answer?.kind === 'ranking' ? answer : null} />
      );
    case 'stars':
      return (
        <StarsQuestion {...given} question={question} answer={answer?.kind === 'stars' ? answer : null} />
      );
    case 'labels':
      return (
        <LabelsQuestion {...given} question={question} answer={answer?.kind === 'labels' ? answer : null} />
      );
    case 'spans':
      return (
        <SpansQuestion
          {...given}
          question={question}
          answer={answer?.kind === 'spans' ? answer : null}
          passage={passage}
          onPassage={onPassage}
        />
      );
    case 'text':
      return <TextQuestion {...given} question={question} answer={answer?.kind === 'text' ? answer : null} />;
  }
}
