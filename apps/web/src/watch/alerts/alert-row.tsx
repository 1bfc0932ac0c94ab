import type { Alert } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Ago } from '../../shell/parts/ago.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { SilenceAlert } from './silence-alert.tsx';

const dots = { critical: 'bg-bad', warning: 'bg-warn', info: 'bg-accent' } as const;

/** One alert: what happened, the figures behind it, how it was told, and what one can do. */
export function AlertRow({ alert }: { alert: Alert }) {
  const t = useText(text).alerts;
  const { role } = useMe();
  const firing = alert.state === 'firing';
  return (
    <li className="flex flex-wrap items-start gap-3 px-5 py-4">
      <span
        aria-hidden
        className={`mt-2 size-2 shrink-0 rounded-full ${firing ? dots[alert.severity] : 'bg-line'}`}
      />
      <div className="min-w-56 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="font-medium">{t.kinds[alert.kind]}</span>
          <span className={firing ? 'text-bad' : 'text-faint'}>{t.states[alert.state]}</span>
          <span className="text-faint">{t.severities[alert.severity]}</span>
          <Ago at={alert.created_at} className="text-faint" />
        </p>
        <p className="text-soft text-sm [overflow-wrap:anywhere]">{alert.message}</p>
        <Facts alert={alert} />
        <Messages alert={alert} />
        {alert.kind === 'model_ready' && firing && alert.reward_model !== null && (
          <Link
            to="/models/$id"
            params={{ id: alert.reward_model }}
            className="text-accent-strong text-sm underline"
          >
            {t.toModel}
          </Link>
        )}
      </div>
      {firing && mayAct(role, 'curator') && (
        <div className="flex shrink-0 gap-2">
          {alert.acknowledged_by === null && <Acknowledge alert={alert} />}
          <SilenceAlert alert={alert} />
        </div>
      )}
    </li>
  );
}

function Facts({ alert }: { alert: Alert }) {
  const t = useText(text).alerts;
  const facts = [
    ...(alert.reward_model === null ? [] : [alert.reward_model]),
    ...alert.evidence.map(evidenceText),
    ...(alert.evidence.length === 0 && alert.n > 0 ? [`n = ${alert.n}`] : []),
    ...(alert.seen > 1 ? [t.seen(alert.seen)] : []),
    ...(alert.acknowledged_by === null ? [] : [t.acknowledgedBy(alert.acknowledged_by)]),
    ...(alert.state === 'firing' && alert.silenced_until !== null ? [t.silenced] : []),
    ...(alert.delivered === false ? [t.undelivered] : []),
  ];
  if (facts.length === 0) return null;
  return <p className="mt-0.5 text-faint text-xs [overflow-wrap:anywhere]">{facts.join(' · ')}</p>;
}

function evidenceText({ name, value, ci: [low, high], n }: Alert['evidence'][number]): string {
  const short = (number: number) => String(Number(number.toPrecision(3)));
  const interval = low === null || high === null ? '' : ` [${short(low)}, ${short(high)}]`;
  return `${name.replaceAll('_', ' ')} ${value === null ? '–' : short(value)}${interval}, n = ${n}`;
}

/** Messages that are not through, with what went wrong. */
function Messages({ alert: { deliveries } }: { alert: Alert }) {
  const t = useText(text).alerts;
  const stuck = deliveries.filter(({ state }) => state !== 'delivered');
  return stuck.map(({ channel, event, state, attempts, error }) => (
    <p key={`${channel} ${event}`} className="text-warn text-xs [overflow-wrap:anywhere]">
      {channel ?? t.settingsWebhook}: {t.deliveryStates[state]}
      {attempts > 0 && ` (${t.attempts(attempts)})`}
      {error !== null && ` – ${error}`}
    </p>
  ));
}

function Acknowledge({ alert }: { alert: Alert }) {
  const t = useText(text).alerts;
  const queries = useQueryClient();
  const { sayError } = useSay();
  const acknowledge = useMutation({
    mutationFn: () => api.acknowledgeAlert({ params: { id: alert.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
    onError: sayError,
  });
  return (
    <button
      type="button"
      className="line-button"
      disabled={acknowledge.isPending}
      onClick={() => acknowledge.mutate()}
    >
      {t.acknowledge}
    </button>
  );
}
