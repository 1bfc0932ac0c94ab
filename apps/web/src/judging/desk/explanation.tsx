import type { JudgingQuestion } from '@attune/contracts';
import { CircleCheck, CircleX } from 'lucide-react';
import { ModelText } from '../../serve/model-text.tsx';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { AnswerLines } from './answer-lines.tsx';
import type { Explained } from './desk-state.ts';
import { ResponsePanes } from './response-panes.tsx';
import { TaskText } from './task-text.tsx';
import { text } from './text.ts';

interface ExplanationProps {
  explained: Explained;
  questions: readonly JudgingQuestion[];
  onGoOn: () => void;
}

/** After a training item: what was expected, and why. */
export function Explanation({ explained, questions, onGoOn }: ExplanationProps) {
  const t = useText(text);
  const { task, given, answers, correct, explanation } = explained;
  useKeys({ Enter: { says: t.explained.goOn, does: onGoOn } }, { help: t.keys.title });
  const Sign = correct ? CircleCheck : CircleX;
  return (
    <div className="flex h-full flex-col overflow-y-auto md:overflow-hidden">
      <div className="flex shrink-0 flex-col gap-3 px-4 py-4 sm:px-6 md:min-h-0 md:flex-1">
        <TaskText query={task.query} context={task.context} />
        <ResponsePanes responses={task.responses} chosen={[]} together>
          {({ text: written }) => <ModelText text={written} />}
        </ResponsePanes>
      </div>
      <footer className="shrink-0 border-line border-t bg-surface px-4 py-4 sm:px-6 md:max-h-[48%] md:overflow-y-auto">
        <div role="status" className="flex flex-wrap items-start gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-80 space-y-3">
            <p className={`flex items-center gap-2 font-semibold ${correct ? 'text-good' : 'text-bad'}`}>
              <Sign aria-hidden className="size-5" />
              {correct ? t.explained.correct : t.explained.wrong}
            </p>
            <div>
              <p className="eyebrow">{t.explained.yours}</p>
              <AnswerLines questions={questions} answers={given} />
            </div>
            <div>
              <p className="eyebrow">{t.explained.known}</p>
              <AnswerLines questions={questions} answers={answers} />
            </div>
            {explanation !== '' && (
              <div>
                <p className="eyebrow">{t.explained.why}</p>
                <ModelText text={explanation} />
              </div>
            )}
          </div>
          <button type="button" className="main-button" onClick={onGoOn}>
            {t.explained.goOn} <KeyCap name="Enter" />
          </button>
        </div>
      </footer>
    </div>
  );
}
