import { RotateCw } from 'lucide-react';
import { useDeferredValue } from 'react';
import { AnswerFeedback } from '../collect/answer-feedback.tsx';
import { Notice } from '../shell/error-notice.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { AnswerFacts } from './answer-facts.tsx';
import { Candidates } from './candidates.tsx';
import type { Turn } from './chat.ts';
import { useConversation } from './chat-source.tsx';
import { ModelText } from './model-text.tsx';

/** One question with its answer, the candidates behind it and what the reader says about it. */
export function TurnView({ turn }: { turn: Turn }) {
  const text = useDeferredValue(turn.answer);
  return (
    <article className="animate-[rise_200ms_ease-out] space-y-4" aria-busy={turn.state === 'writing'}>
      <h2 className="ml-auto w-fit max-w-[85%] whitespace-pre-wrap rounded-2xl rounded-br-md bg-sunken px-4 py-2.5 [overflow-wrap:anywhere]">
        <span className="sr-only">You asked: </span>
        {turn.question}
      </h2>
      <div data-answer className="space-y-4">
        {turn.answer === '' && turn.state === 'writing' ? <Thinking /> : <ModelText text={text} />}
        <Ending turn={turn} />
      </div>
    </article>
  );
}

function Thinking() {
  return (
    <p role="status" className="flex items-center gap-2.5 text-faint text-sm">
      <span aria-hidden className="flex gap-1">
        {[0, 1, 2].map((dot) => (
          <span
            key={dot}
            className="size-1.5 animate-[breathe_1.2s_ease-in-out_infinite] rounded-full bg-accent"
            style={{ animationDelay: `${dot * 160}ms` }}
          />
        ))}
      </span>
      Writing several answers and choosing the best
    </p>
  );
}

function Ending({ turn }: { turn: Turn }) {
  const { again, writing } = useConversation();
  if (turn.state === 'writing') return null;
  if (turn.state === 'failed' && turn.error !== null) {
    return <Notice {...turn.error} {...(!writing && { onRetry: () => void again(turn) })} />;
  }
  return (
    <>
      {turn.state === 'stopped' && (
        <p className="flex items-center gap-2 text-faint text-sm">
          Stopped before the end.
          <button type="button" className="quiet-button" disabled={writing} onClick={() => void again(turn)}>
            <RotateCw aria-hidden className="size-3.5" /> Ask again
          </button>
        </p>
      )}
      {turn.attune && <AnswerFacts attune={turn.attune} />}
      <Reactions turn={turn} />
    </>
  );
}

function Reactions({ turn }: { turn: Turn }) {
  const { said } = useConversation();
  const { role } = useMe();
  const { responseId } = turn;
  if (responseId === null || !mayAct(role, 'rater')) return null;
  return (
    <>
      {turn.state === 'done' && (
        <AnswerFeedback
          responseId={responseId}
          answer={turn.answer}
          prompt={turn.attune?.feedback_prompt ?? ''}
          feedback={turn.feedback}
          onSaid={(feedback) => said(turn.key, feedback)}
        />
      )}
      <Candidates responseId={responseId} count={turn.attune?.candidates_count ?? null} />
    </>
  );
}
