import type { ReviewContext } from '@attune/contracts';
import { Star } from 'lucide-react';
import { Ago } from '../../shell/parts/ago.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** What a person said before they changed their mind, newest first. */
export function EarlierWords({ earlier }: { earlier: ReviewContext['earlier'] }) {
  const t = useText(text).context;
  return (
    <>
      <p className="mb-2 text-faint text-sm">{t.earlierAbout}</p>
      <ul className="space-y-2">
        {earlier.map(({ replaced_at, was }) => (
          <li key={replaced_at} className="flex flex-wrap items-center gap-2 text-sm">
            {typeof was.rating_overall === 'number' && (
              <span className="inline-flex items-center gap-1 tabular-nums">
                <Star aria-hidden className="size-3.5 fill-star text-star" />
                {was.rating_overall}
              </span>
            )}
            {typeof was.reaction_type === 'string' && (
              <span className="chip">{was.reaction_type.replaceAll('_', ' ')}</span>
            )}
            {typeof was.text_feedback === 'string' && was.text_feedback !== '' && (
              <span>“{was.text_feedback}”</span>
            )}
            <span className="text-faint text-xs">
              {t.ago} <Ago at={replaced_at} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
