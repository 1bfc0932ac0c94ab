import type { ShadowDisagreement, ShadowReport } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { mayAct } from '../../../shell/role-rank.ts';
import { useMe } from '../../../shell/session.ts';
import { useFormats, useText } from '../../../text/use-text.ts';
import { JudgeDisagreements } from './judge-disagreements.tsx';
import { disagreementsQuery } from './shadow-queries.ts';
import { text } from './text.ts';

/** Where a shadow would have delivered something else, and the way to have people judge that. */
export function Disagreements({ id, report }: { id: string; report: ShadowReport }) {
  const t = useText(text);
  const { role } = useMe();
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-labelledby="shadow-disagreements" className="space-y-2">
      <div className="flex flex-wrap items-center gap-3">
        <h3 id="shadow-disagreements" className="mr-auto font-medium">
          {t.disagreements(report.disagreements)}
        </h3>
        <button
          type="button"
          className="quiet-button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t.show}
        </button>
        {mayAct(role, 'trainer') && <JudgeDisagreements id={id} />}
      </div>
      {report.judged && (
        <Link
          to="/judge/projects/$project"
          params={{ project: report.judged.project_id ?? '' }}
          className="quiet-button -ml-2.5"
        >
          <Scale aria-hidden className="size-4" /> {t.project}
        </Link>
      )}
      {isOpen && <Clearest id={id} />}
    </section>
  );
}

function Clearest({ id }: { id: string }) {
  const t = useText(text);
  const page = useQuery(disagreementsQuery(id));
  if (page.isError) return <ErrorNotice error={page.error} onRetry={() => page.refetch()} />;
  if (page.isPending) return <Loading what={t.show} />;
  return (
    <ul className="card divide-y divide-line">
      {page.data.items.map((one) => (
        <Disagreement key={one.response_id} disagreement={one} />
      ))}
    </ul>
  );
}

function Disagreement({ disagreement }: { disagreement: ShadowDisagreement }) {
  const t = useText(text);
  const { query, delivered, preferred, judged } = disagreement;
  return (
    <li className="space-y-2 px-5 py-3">
      <p className="font-medium [overflow-wrap:anywhere]">
        {query} {judged && <span className="chip font-normal">{t.isJudged}</span>}
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <Side label={t.delivered} side={delivered} />
        <Side label={t.preferred} side={preferred} />
      </div>
    </li>
  );
}

function Side({ label, side }: { label: string; side: ShadowDisagreement['delivered'] }) {
  const t = useText(text);
  const { decimal } = useFormats();
  const { text: said, shadow, live } = side;
  return (
    <div className="space-y-1 text-sm">
      <p className="text-faint text-xs">{label}</p>
      <p className="line-clamp-4 [overflow-wrap:anywhere]">{said}</p>
      <p className="text-soft tabular-nums">
        {t.rewards(decimal(shadow, 2), live === null ? '–' : decimal(live, 2))}
      </p>
    </div>
  );
}
