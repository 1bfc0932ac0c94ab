import type { Feedback } from '@attune/contracts';
import { saidIn } from '@attune/react/headless';
import { Flag, MessageSquareText, PencilLine, Star, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** What a person said, at a glance: stars, thumbs, and marks for the rest. */
export function Verdict({ feedback }: { feedback: Feedback }) {
  const t = useText(text);
  const { decimal } = useFormats();
  const { rating, thumbs, correction, unsafe, comment } = saidIn(feedback);
  const aboutPart = feedback.target !== 'answer';
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      {rating !== null && (
        <span className="inline-flex items-center gap-1 font-medium text-sm tabular-nums">
          <Star aria-hidden className="size-4 fill-star text-star" />
          <span aria-hidden>{Number.isInteger(rating) ? rating : decimal(rating, 1)}</span>
          <span className="sr-only">{t.said.stars(decimal(rating, Number.isInteger(rating) ? 0 : 1))}</span>
        </span>
      )}
      {thumbs === 'up' && <ThumbsUp role="img" aria-label={t.said.up} className="size-4 text-good" />}
      {thumbs === 'down' && <ThumbsDown role="img" aria-label={t.said.down} className="size-4 text-bad" />}
      {aboutPart && <span className="chip">{t.types[feedback.feedback_type]}</span>}
      {unsafe && (
        <span className="chip bg-bad-wash text-bad">
          <Flag aria-hidden className="size-3" /> {t.said.unsafe}
        </span>
      )}
      {correction !== null && (
        <PencilLine role="img" aria-label={t.said.corrected} className="size-4 text-soft" />
      )}
      {comment !== '' && (
        <MessageSquareText role="img" aria-label={t.said.commented} className="size-4 text-soft" />
      )}
    </span>
  );
}
