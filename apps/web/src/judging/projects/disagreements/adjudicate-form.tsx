import type { JudgingAnswers, JudgingQuestion } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { useText } from '../../../text/use-text.ts';
import { QuestionsPanel } from '../../desk/questions-panel.tsx';
import type { Passage } from '../../questions/spans.ts';
import { sayable, unanswered } from '../../questions/unanswered.ts';
import { text } from '../text.ts';
import type { Disagreement } from './disagreement.ts';
import { renamed } from './lettered.ts';

interface AdjudicateFormProps {
  item: Disagreement;
  /** What the server calls the responses that have letters here. */
  keys: ReadonlyMap<string, string>;
  questions: readonly JudgingQuestion[];
  onDone: () => void;
}

/** Decides an item for good, with the reason. */
export function AdjudicateForm({ item, keys, questions, onDone }: AdjudicateFormProps) {
  const t = useText(text).disagreements;
  const { say } = useSay();
  const queries = useQueryClient();
  const [answers, setAnswers] = useState<JudgingAnswers>(item.adjudication?.answers ?? {});
  const [note, setNote] = useState(item.adjudication?.note ?? '');
  const [active, setActive] = useState(questions[0]?.id ?? '');
  const [passage, setPassage] = useState<Passage | null>(null);
  const decide = useMutation({
    mutationFn: () =>
      api.adjudicate({
        params: { id: item.id },
        body: { answers: renamed(sayable(questions, answers, item.responses), keys), note: note.trim() },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['judging'] });
      say(t.saved);
      onDone();
    },
  });
  return (
    <form
      className="rounded-xl border border-accent p-2"
      onSubmit={(event) => {
        event.preventDefault();
        decide.mutate();
      }}
    >
      {decide.isError && <ErrorNotice error={decide.error} />}
      <QuestionsPanel
        questions={questions}
        responses={item.responses}
        answers={answers}
        onAnswer={(question, answer) =>
          setAnswers(({ [question]: _, ...others }) =>
            answer === null ? others : { ...others, [question]: answer },
          )
        }
        active={active}
        onActive={setActive}
        passage={passage}
        onPassage={setPassage}
      />
      <div className="flex flex-wrap justify-end gap-2 px-3 py-1">
        <input
          aria-label={t.note}
          placeholder={t.note}
          maxLength={10_000}
          className="text-field min-w-0 flex-1 basis-60 py-1.5"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <button type="button" className="quiet-button" onClick={onDone}>
          {t.cancel}
        </button>
        <button
          type="submit"
          className="main-button"
          disabled={decide.isPending || unanswered(questions, answers, item.responses) !== null}
        >
          {t.save}
        </button>
      </div>
    </form>
  );
}
