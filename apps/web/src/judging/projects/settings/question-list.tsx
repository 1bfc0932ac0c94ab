import type { JudgingQuestion } from '@attune/contracts';
import { Plus } from 'lucide-react';
import { ActionMenu } from '../../../shell/parts/action-menu.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { newQuestion, questionKinds } from './new-question.ts';
import { QuestionEditor } from './question-editor.tsx';

interface QuestionListProps {
  questions: readonly JudgingQuestion[];
  onQuestions: (questions: JudgingQuestion[]) => void;
}

/** The questions of a draft, in their order. */
export function QuestionList({ questions, onQuestions }: QuestionListProps) {
  const t = useText(text).settings;
  return (
    <div className="grid gap-3">
      {questions.map((question, index) => (
        <QuestionEditor
          key={question.id}
          question={question}
          onChange={(changed) => onQuestions(questions.with(index, changed))}
          onRemove={questions.length > 1 ? () => onQuestions(questions.toSpliced(index, 1)) : null}
          onUp={
            index > 0
              ? () => onQuestions(questions.toSpliced(index, 1).toSpliced(index - 1, 0, question))
              : null
          }
        />
      ))}
      <ActionMenu
        trigger={
          <button type="button" className="line-button justify-self-start">
            <Plus aria-hidden className="size-4" /> {t.add}
          </button>
        }
        actions={questionKinds.map((kind) => ({
          label: t.kinds[kind],
          onSelect: () => onQuestions([...questions, newQuestion(kind, t.kinds[kind], questions)]),
        }))}
      />
    </div>
  );
}
