import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { PairFilters } from './pair-filters.tsx';
import { PairList } from './pair-list.tsx';
import { pairSearch } from './pair-search.ts';
import { PairsFromFeedback } from './pairs-from-feedback.tsx';
import { text } from './text.ts';

/** Every preference pair, newest first. */
export function PairsPage() {
  const t = useText(text);
  const search = useSearch({ from: '/frame/pairs' });
  const navigate = useNavigate();
  const curates = mayAct(useMe().role, 'curator');
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about}>
        {curates && (
          <div className="flex flex-wrap gap-2">
            <PairsFromFeedback />
            <Link to="/pairs/new" className="main-button">
              <Plus aria-hidden className="size-4" /> {t.newPair}
            </Link>
          </div>
        )}
      </PageHead>
      <PairFilters
        search={search}
        onSearch={(changed) =>
          void navigate({ to: '/pairs', search: pairSearch({ ...changed }), replace: true })
        }
      />
      <PairList search={search} curates={curates} />
    </PageBody>
  );
}
