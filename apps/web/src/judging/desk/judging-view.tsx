import { useState } from 'react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { sayable, unanswered } from '../questions/unanswered.ts';
import { CommentField } from './comment-field.tsx';
import type { OpenTask } from './desk-state.ts';
import type { Guide } from './guide-query.ts';
import type { JudgingDesk } from './judging-desk.ts';
import { TaskView } from './task-view.tsx';
import { text } from './text.ts';

interface JudgingViewProps {
  open: OpenTask;
  guide: Guide;
  desk: JudgingDesk;
  busy: boolean;
}

/** The item in front of a judge, and the way to vote on it. */
export function JudgingView({ open: { task, answers, comment }, guide, desk, busy }: JudgingViewProps) {
  const t = useText(text);
  const { say } = useSay();
  const { questions } = guide;
  const [active, setActive] = useState(questions[0]?.id ?? '');
  const send = () => {
    const missing = unanswered(questions, answers, task.responses);
    if (missing === null) {
      void desk.vote({ answers: sayable(questions, answers, task.responses) });
      return;
    }
    setActive(missing.id);
    // Enter goes through the questions one by one; only what was passed over is worth a message.
    if (missing.id === active) say(t.missing(missing.title));
  };
  useKeys({ Enter: { says: t.keys.send, does: send } }, { help: t.keys.title });
  return (
    <TaskView
      task={task}
      questions={questions}
      answers={answers}
      onAnswer={(question, answer) => desk.answer(question, answer)}
      active={active}
      onActive={setActive}
    >
      <div className="sticky -bottom-2 flex flex-wrap items-start justify-end gap-3 bg-surface px-3 py-1">
        <CommentField comment={comment} onComment={(value) => desk.comment(value)} />
        <button
          type="button"
          className="main-button"
          disabled={busy}
          onMouseDown={(event) => event.preventDefault()}
          onClick={send}
        >
          {t.send}
          <span className="contents max-md:hidden">
            <KeyCap name="Enter" />
          </span>
        </button>
      </div>
    </TaskView>
  );
}
