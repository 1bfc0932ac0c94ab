import type { Feedback, FeedbackStatus } from '@attune/contracts';
import { type Said as AllSaid, saidIn } from '@attune/react';
import { Flag, Star, ThumbsDown, ThumbsUp } from 'lucide-react';
import { Ago } from '../shell/parts/ago.tsx';
import { useFormats, useText } from '../text/use-text.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { Remark } from './remark.tsx';
import { Said } from './said.tsx';
import { text } from './text.ts';

const statusLook: Record<FeedbackStatus, string> = {
  pending: '',
  approved: 'text-good',
  rejected: 'text-faint line-through',
  flagged: 'bg-warn-wash text-warn',
};

/** One feedback; the answer unfolds. */
export function FeedbackRow({ feedback }: { feedback: Feedback }) {
  const t = useText(text);
  const said = saidIn(feedback);
  const facts = [t.sources[feedback.source], feedback.reward_model, feedback.user_id].filter(
    (fact) => fact !== null,
  );
  return (
    <li>
      <details className="group px-5 py-4">
        <summary className="cursor-pointer list-none rounded-lg [&::-webkit-details-marker]:hidden">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Verdict said={said} />
            {feedback.target !== 'answer' && <span className="chip">{t.types[feedback.feedback_type]}</span>}
            <span className={`chip ${statusLook[feedback.status]}`}>{t.statuses[feedback.status]}</span>
            {feedback.is_training_data && <span className="chip">{t.inTraining}</span>}
            <Ago at={feedback.created_at} className="ml-auto text-faint text-xs" />
          </div>
          <p className="mt-1.5 line-clamp-2 font-medium group-open:line-clamp-none">{feedback.query}</p>
          <p className="line-clamp-2 text-soft text-sm group-open:hidden">{feedback.response}</p>
        </summary>
        <p className="mt-2 whitespace-pre-wrap text-soft text-sm [overflow-wrap:anywhere]">
          {feedback.response}
        </p>
        <div className="mt-3 space-y-3">
          {feedback.target === 'answer' ? (
            <Said said={said} answer={feedback.response} hidden={null} withReasons />
          ) : (
            <Remark feedback={feedback} />
          )}
        </div>
        <p className="mt-3 text-faint text-xs">{facts.join(' · ')}</p>
      </details>
    </li>
  );
}

function Verdict({ said: { rating, thumbs, correction, unsafe } }: { said: AllSaid }) {
  const t = useText(text);
  const labels = useFeedbackLabels();
  const { decimal } = useFormats();
  return (
    <>
      {rating !== null && (
        <span className="flex items-center gap-1 font-medium text-sm tabular-nums">
          <Star aria-hidden className="size-4 fill-star text-star" />
          {decimal(rating, Number.isInteger(rating) ? 0 : 1)}
          <span className="sr-only"> {t.ofFive}</span>
        </span>
      )}
      {thumbs === 'up' && <ThumbsUp aria-label={labels.good} className="size-4 text-good" />}
      {thumbs === 'down' && <ThumbsDown aria-label={labels.bad} className="size-4 text-bad" />}
      {correction !== null && <span className="chip">{t.corrected}</span>}
      {unsafe && (
        <span className="chip bg-bad-wash text-bad">
          <Flag aria-hidden className="size-3" /> {t.isUnsafe}
        </span>
      )}
    </>
  );
}
