import type { JudgingAnswer, JudgingAnswers, JudgingQuestion } from '@attune/contracts';
import { type ReactNode, useState } from 'react';
import { ModelText } from '../../serve/model-text.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import type { ShownResponse } from '../questions/of-kind.ts';
import type { Passage } from '../questions/spans.ts';
import { chosenResponses } from './chosen-responses.ts';
import { MarkedText } from './marked-text.tsx';
import { QuestionsPanel } from './questions-panel.tsx';
import { ResponsePanes } from './response-panes.tsx';
import { TaskText } from './task-text.tsx';
import { text } from './text.ts';
import { ViewSwitch } from './view-switch.tsx';
import { WordDifference } from './word-difference.tsx';

interface TaskViewProps {
  task: {
    readonly query: string;
    readonly context: string | null;
    readonly responses: readonly ShownResponse[];
  };
  questions: readonly JudgingQuestion[];
  answers: JudgingAnswers;
  onAnswer: (question: string, answer: JudgingAnswer | null) => void;
  active: string;
  onActive: (question: string) => void;
  /** What stands beneath the questions, as the button that submits. */
  children?: ReactNode;
}

/** An item with its questions: as a judge sees it, as a preview, and as a curator decides it. */
export function TaskView({ task, questions, answers, onAnswer, active, onActive, children }: TaskViewProps) {
  const t = useText(text);
  const [together, setTogether] = useState(true);
  const [different, setDifferent] = useState(false);
  const [passage, setPassage] = useState<Passage | null>(null);
  const { responses } = task;
  const isPair = responses.length === 2;
  useKeys(
    { d: { says: t.differences, does: () => setDifferent(!different) } },
    { help: t.keys.title, when: isPair },
  );
  const spans = questions.find((question) => question.kind === 'spans');
  const spanAnswer = spans === undefined ? undefined : answers[spans.id];
  const marks = spanAnswer?.kind === 'spans' ? spanAnswer.spans : [];
  const content = ({ key, text: written }: ShownResponse) => {
    if (different && isPair) {
      const other = responses.find((response) => response.key !== key);
      return <WordDifference text={written} other={other?.text ?? ''} />;
    }
    if (spans === undefined) return <ModelText text={written} />;
    return (
      <MarkedText
        response={key}
        text={written}
        marks={marks.filter(({ response }) => response === key)}
        labels={spans.options.map((option) => option.key)}
        passage={passage}
        onPassage={setPassage}
      />
    );
  };
  return (
    <div className="flex h-full flex-col overflow-y-auto md:overflow-hidden">
      <div className="flex shrink-0 flex-col gap-3 px-4 py-4 sm:px-6 md:min-h-0 md:flex-1">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <div className="min-w-0 flex-1 basis-80">
            <TaskText query={task.query} context={task.context} />
          </div>
          {isPair && (
            <div className="flex gap-1">
              <ViewSwitch label={t.together} on={together} onSwitch={setTogether} phone={false} />
              <ViewSwitch label={t.differences} on={different} onSwitch={setDifferent} keyName="d" />
            </div>
          )}
        </div>
        <ResponsePanes responses={responses} chosen={chosenResponses(answers)} together={together}>
          {content}
        </ResponsePanes>
      </div>
      <footer
        className={`${questions.length === 1 ? 'sticky bottom-0' : ''} shrink-0 border-line border-t bg-surface px-2 py-2 sm:px-4 md:static md:max-h-[48%] md:overflow-y-auto`}
      >
        <QuestionsPanel
          questions={questions}
          responses={responses}
          answers={answers}
          onAnswer={onAnswer}
          active={active}
          onActive={onActive}
          passage={passage}
          onPassage={setPassage}
        />
        {children}
      </footer>
    </div>
  );
}
