import type { AlertSilence } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { silencesQuery } from './alert-queries.ts';

/** What nobody is told about for now. */
export function Silences() {
  const t = useText(text).silences;
  const silences = useQuery(silencesQuery);
  if (silences.isError) return <ErrorNotice error={silences.error} onRetry={() => silences.refetch()} />;
  if (silences.isPending) return <Loading what={t.what} />;
  if (silences.data.items.length === 0) {
    return (
      <Empty icon={BellRing} title={t.none}>
        {t.noneAbout}
      </Empty>
    );
  }
  return (
    <ul className="card divide-y divide-line">
      {silences.data.items.map((silence) => (
        <SilenceRow key={silence.id} silence={silence} />
      ))}
    </ul>
  );
}

function SilenceRow({ silence }: { silence: AlertSilence }) {
  const t = useText(text);
  const { role } = useMe();
  const queries = useQueryClient();
  const { sayError } = useSay();
  const end = useMutation({
    mutationFn: () => api.endAlertSilence({ params: { id: silence.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alert-silences'] }),
    onError: sayError,
  });
  const { kind, subject } = silence;
  return (
    <li className="flex flex-wrap items-center gap-3 px-5 py-4">
      <div className="min-w-56 flex-1">
        <p className="font-medium text-sm">
          {kind === null ? t.silences.everything : t.alerts.kinds[kind]}
          {subject !== null && subject !== '' && ` (${subject})`}
        </p>
        <p className="text-soft text-sm">{silence.reason}</p>
        <p className="text-faint text-xs">
          {t.silences.until(new Date(silence.until).toLocaleString(), silence.created_by)}
        </p>
      </div>
      {mayAct(role, 'curator') && (
        <button type="button" className="line-button" disabled={end.isPending} onClick={() => end.mutate()}>
          {t.silences.end}
        </button>
      )}
    </li>
  );
}
