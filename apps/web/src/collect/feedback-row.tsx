import type { Feedback, FeedbackStatus } from '@attune/contracts';
import { Flag, Star, ThumbsDown, ThumbsUp } from 'lucide-react';
import { Ago } from '../shell/ago.tsx';
import { Said } from './said.tsx';
import { type Statement, statementOf } from './statement.ts';

const statusLook: Record<FeedbackStatus, string> = {
  pending: '',
  approved: 'text-good',
  rejected: 'text-faint line-through',
  flagged: 'bg-warn-wash text-warn',
};

/** One feedback; the answer unfolds. */
export function FeedbackRow({ feedback }: { feedback: Feedback }) {
  const statement = statementOf(feedback);
  const facts = [feedback.source, feedback.reward_model, feedback.user_id].filter((fact) => fact !== null);
  return (
    <li>
      <details className="group px-5 py-4">
        <summary className="cursor-pointer list-none rounded-lg [&::-webkit-details-marker]:hidden">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Verdict statement={statement} />
            <span className={`chip ${statusLook[feedback.status]}`}>{feedback.status}</span>
            {feedback.is_training_data && <span className="chip">in training data</span>}
            <Ago at={feedback.created_at} className="ml-auto text-faint text-xs" />
          </div>
          <p className="mt-1.5 line-clamp-2 font-medium group-open:line-clamp-none">{feedback.query}</p>
          <p className="line-clamp-2 text-soft text-sm group-open:hidden">{feedback.response}</p>
        </summary>
        <p className="mt-2 whitespace-pre-wrap text-soft text-sm [overflow-wrap:anywhere]">
          {feedback.response}
        </p>
        <div className="mt-3 space-y-3">
          <Said statement={statement} hidden={null} />
        </div>
        <p className="mt-3 text-faint text-xs">{facts.join(' · ')}</p>
      </details>
    </li>
  );
}

function Verdict({ statement: { rating, thumbs, correction, unsafe } }: { statement: Statement }) {
  return (
    <>
      {rating !== null && (
        <span className="flex items-center gap-1 font-medium text-sm tabular-nums">
          <Star aria-hidden className="size-4 fill-star text-star" />
          {Number.isInteger(rating) ? rating : rating.toFixed(1)}
          <span className="sr-only"> of 5</span>
        </span>
      )}
      {thumbs === 'up' && <ThumbsUp aria-label="Thumbs up" className="size-4 text-good" />}
      {thumbs === 'down' && <ThumbsDown aria-label="Thumbs down" className="size-4 text-bad" />}
      {correction !== null && <span className="chip">corrected</span>}
      {unsafe && (
        <span className="chip bg-bad-wash text-bad">
          <Flag aria-hidden className="size-3" /> unsafe
        </span>
      )}
    </>
  );
}
