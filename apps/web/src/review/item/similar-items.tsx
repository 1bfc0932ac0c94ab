import type { ReviewContext } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { Star } from 'lucide-react';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { StatusChip } from './status-chip.tsx';

/** Items that ask nearly the same, and what became of them. */
export function SimilarItems({ items }: { items: ReviewContext['similar'] }) {
  const t = useText(text).context;
  const { decimal } = useFormats();
  return (
    <ul className="space-y-2">
      {items.map(({ id, query, response, status, rating_overall, tags, similarity }) => (
        <li key={id} className="rounded-xl border border-line p-3 text-sm">
          <div className="mb-1 flex flex-wrap items-center gap-2">
            <StatusChip status={status} />
            {rating_overall !== null && (
              <span className="inline-flex items-center gap-1 tabular-nums">
                <Star aria-hidden className="size-3.5 fill-star text-star" />
                {decimal(rating_overall, Number.isInteger(rating_overall) ? 0 : 1)}
              </span>
            )}
            {tags.map((tag) => (
              <span key={tag} className="chip">
                {tag}
              </span>
            ))}
            <span className="ml-auto text-faint text-xs">
              {t.likeness(Math.max(0, Math.min(1, similarity)))}
            </span>
          </div>
          <Link to="/review" search={{ item: id }} className="font-medium hover:underline">
            {query}
          </Link>
          <p className="line-clamp-2 text-soft">{response}</p>
        </li>
      ))}
    </ul>
  );
}
