import type { PairFinding } from '@attune/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useText } from '../../text/use-text.ts';
import { useSettled } from '../use-settled.ts';
import { findingWords } from './finding-words.ts';
import type { PairDraft } from './pair-draft.ts';
import { text } from './text.ts';

interface PairChecksProps {
  draft: PairDraft;
  /** The pair that is being changed, which does not repeat itself. */
  pairId: string | null;
}

/** What speaks against a pair, while it is being written. */
export function PairChecks({ draft, pairId }: PairChecksProps) {
  const t = useText(text).checks;
  const { query, query_context, chosen_response, rejected_response } = draft;
  const body = { query, query_context, chosen_response, rejected_response };
  const current = JSON.stringify(body);
  const typed = useSettled(current);
  const written = query !== '' || chosen_response !== '' || rejected_response !== '';
  const check = useQuery({
    queryKey: ['pair-check', pairId, typed],
    queryFn: ({ signal }) =>
      api.checkPair({ body: { ...body, ...(pairId !== null && { pair_id: pairId }) } }, { signal }),
    enabled: written && typed === current,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!written) return null;
  const waiting = typed !== current || check.isFetching;
  return (
    <section aria-label={t.title} aria-live="polite" aria-busy={waiting} className="min-h-7">
      {check.isError && <p className="text-soft text-sm">{t.failed}</p>}
      {check.isPending && <p className="text-faint text-sm">{t.waiting}</p>}
      {check.data?.findings.length === 0 && (
        <p className="flex items-center gap-2 text-good text-sm">
          <CircleCheck aria-hidden className="size-4" /> {t.fine}
        </p>
      )}
      <ul className={`grid gap-1.5 ${waiting ? 'opacity-60' : ''}`}>
        {check.data?.findings.map((finding) => (
          <Finding key={JSON.stringify(finding)} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

const look = {
  error: { icon: CircleAlert, color: 'text-bad' },
  warning: { icon: TriangleAlert, color: 'text-warn' },
  info: { icon: Info, color: 'text-soft' },
};

function Finding({ finding }: { finding: PairFinding }) {
  const t = useText(text);
  const { icon: Icon, color } = look[finding.severity];
  return (
    <li className="flex items-start gap-2 text-sm">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${color}`} />
      <span>
        {findingWords(finding, t)}{' '}
        {'pair_id' in finding && (
          <a
            href={`/pairs/${finding.pair_id}`}
            target="_blank"
            rel="noreferrer"
            className="text-accent-strong underline"
          >
            {t.checks.see}
          </a>
        )}
      </span>
    </li>
  );
}
