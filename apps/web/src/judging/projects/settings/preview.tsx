import type { JudgingAnswers, JudgingProject, JudgingQuestion } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useText } from '../../../text/use-text.ts';
import { TaskView } from '../../desk/task-view.tsx';
import { text } from '../text.ts';

const LETTERS = 'ABCDEFGHIJ';

/** The newest item, or a made-up one, with the questions as they are now; nothing in it is kept. */
export function Preview({
  project,
  questions,
}: {
  project: JudgingProject;
  questions: readonly JudgingQuestion[];
}) {
  const t = useText(text).settings;
  const [answers, setAnswers] = useState<JudgingAnswers>({});
  const [active, setActive] = useState(questions[0]?.id ?? '');
  const newest = useQuery({
    queryKey: ['judging', 'items', project.id, 'newest'],
    queryFn: ({ signal }) =>
      api.listJudgingItems({ params: { id: project.id }, query: { limit: 1 } }, { signal }),
  });
  const [item] = newest.data?.items ?? [];
  const task = item ?? {
    query: t.sampleQuery,
    context: null,
    responses: [{ text: t.sampleA }, { text: t.sampleB }],
  };
  const responses = task.responses.map(({ text: written }, index) => ({
    key: LETTERS[index] ?? '',
    text: written,
  }));
  return (
    <section aria-label={t.preview} className="card h-160 overflow-hidden">
      <TaskView
        task={{ query: task.query, context: task.context, responses }}
        questions={questions}
        answers={answers}
        onAnswer={(question, answer) =>
          setAnswers(({ [question]: _, ...others }) =>
            answer === null ? others : { ...others, [question]: answer },
          )
        }
        active={active}
        onActive={setActive}
      />
    </section>
  );
}
