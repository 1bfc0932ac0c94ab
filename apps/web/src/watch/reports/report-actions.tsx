import type { Report } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useSay } from '../../shell/messages.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { actionRoles } from './action-roles.ts';
import { performAction } from './perform-action.ts';
import { reportQuery } from './report-queries.ts';
import { ReportSection } from './report-section.tsx';
import { text } from './text.ts';

/** What the report proposes: each with why, and one click that does it. */
export function ReportActions({ report }: { report: Report }) {
  const t = useText(text);
  return (
    <ReportSection title={t.proposed}>
      {report.actions.length === 0 ? (
        <p className="text-soft text-sm">{t.nothingProposed}</p>
      ) : (
        <ul className="card divide-y divide-line">
          {report.actions.map((action) => (
            <ActionRow key={action.id} reportId={report.id} action={action} />
          ))}
        </ul>
      )}
    </ReportSection>
  );
}

function ActionRow({ reportId, action }: { reportId: string; action: Report['actions'][number] }) {
  const t = useText(text);
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-4" data-action={action.why.kind}>
      <p className="min-w-56 flex-1 text-sm [overflow-wrap:anywhere]">{t.why(action.why)}</p>
      {action.done === null ? (
        <DoAction reportId={reportId} action={action} />
      ) : (
        <p className="flex items-center gap-1.5 text-good text-sm">
          <Check aria-hidden className="size-4" /> {t.doneBy(action.done.by)}
        </p>
      )}
    </li>
  );
}

function DoAction({ reportId, action }: { reportId: string; action: Report['actions'][number] }) {
  const t = useText(text);
  const { role } = useMe();
  const queries = useQueryClient();
  const { sayError } = useSay();
  const perform = useMutation({
    mutationFn: () => performAction(reportId, action),
    onSuccess: async (report) => {
      queries.setQueryData(reportQuery(reportId).queryKey, report);
      await queries.invalidateQueries({ queryKey: ['reports', 'list'] });
    },
    onError: sayError,
  });
  if (!mayAct(role, actionRoles[action.call.endpoint])) return null;
  return (
    <button
      type="button"
      className="line-button"
      disabled={perform.isPending}
      onClick={() => perform.mutate()}
    >
      {t.act[action.why.kind]}
    </button>
  );
}
