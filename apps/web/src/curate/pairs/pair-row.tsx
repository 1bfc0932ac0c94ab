import type { Pair } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { Check, X } from 'lucide-react';
import { Ago } from '../../shell/parts/ago.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** A pair in the list; it opens with a click or Enter. */
export function PairRow({ pair }: { pair: Pair }) {
  const t = useText(text);
  return (
    <li className="relative px-5 py-4 [contain-intrinsic-size:auto_7rem] [content-visibility:auto] focus-within:bg-sunken/60 hover:bg-sunken/60">
      <Link
        to="/pairs/$id"
        params={{ id: pair.id }}
        data-row-link
        className="line-clamp-2 font-medium after:absolute after:inset-0"
      >
        {pair.query.trim() === '' ? t.untitled : pair.query}
      </Link>
      <div className="mt-1.5 grid gap-x-6 gap-y-1 text-soft text-sm sm:grid-cols-2">
        <p className="flex min-w-0 gap-2">
          <Check aria-label={t.chosen} className="mt-0.5 size-4 shrink-0 text-good" />
          <span className="line-clamp-2 [overflow-wrap:anywhere]">{pair.chosen_response}</span>
        </p>
        <p className="flex min-w-0 gap-2">
          <X aria-label={t.rejected} className="mt-0.5 size-4 shrink-0 text-bad" />
          <span className="line-clamp-2 [overflow-wrap:anywhere]">{pair.rejected_response}</span>
        </p>
      </div>
      <PairFacts pair={pair} />
    </li>
  );
}

/** Where a pair comes from and how sure it is. */
export function PairFacts({ pair }: { pair: Pair }) {
  const t = useText(text);
  const documents = pair.context_documents.length;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2 text-faint text-xs">
      <span className="chip">{t.methods[pair.method]}</span>
      <span className="chip tabular-nums">{t.strength(pair.preference_strength)}</span>
      {documents > 0 && <span className="chip">{t.documents(documents)}</span>}
      {pair.dataset_id !== null && <span className="chip">{t.inDataset}</span>}
      {pair.annotator_email !== null && <span className="truncate">{pair.annotator_email}</span>}
      <Ago at={pair.updated_at} className="ml-auto" />
    </div>
  );
}
