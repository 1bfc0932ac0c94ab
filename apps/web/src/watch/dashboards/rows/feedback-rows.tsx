import type { Endpoints, Feedback, SentBy } from '@attune/contracts';
import { api } from '../../../shell/api.ts';
import { Ago } from '../../../shell/parts/ago.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { Listed } from './listed.tsx';

type Filter = SentBy<Endpoints['listFeedback']>['query'];

/** Feedback of a step, newest first. */
export function FeedbackRows({ filter }: { filter: Filter }) {
  return (
    <Listed
      name={['feedback', filter]}
      read={(cursor, signal) =>
        api.listFeedback(
          { query: { ...filter, limit: 20, ...(cursor !== undefined && { cursor }) } },
          { signal },
        )
      }
      keyOf={({ id }) => id}
    >
      {(feedback) => <FeedbackLine feedback={feedback} />}
    </Listed>
  );
}

function FeedbackLine({ feedback }: { feedback: Feedback }) {
  const t = useText(text);
  const { decimal } = useFormats();
  const { rating_overall: rating, reaction_type: reaction } = feedback;
  const verdict =
    rating !== null
      ? t.stars(decimal(rating, 0))
      : reaction === 'thumbs_up'
        ? t.thumbsUp
        : reaction === 'thumbs_down'
          ? t.thumbsDown
          : t.otherFeedback;
  return (
    <>
      <p className="line-clamp-2 font-medium [overflow-wrap:anywhere]">{feedback.query}</p>
      {feedback.text_feedback !== null && (
        <p className="line-clamp-3 text-soft [overflow-wrap:anywhere]">{feedback.text_feedback}</p>
      )}
      <p className="mt-1 text-faint text-xs tabular-nums">
        <Ago at={feedback.created_at} /> · {verdict}
        {feedback.reward_model !== null && ` · ${feedback.reward_model}`}
      </p>
    </>
  );
}
