import type { AlertRule } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ToggleSwitch } from '../../shell/parts/toggle-switch.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { rulesQuery } from './alert-queries.ts';
import { EditRule } from './edit-rule.tsx';

/** The rule of every kind of alert; admins change them. */
export function RuleList() {
  const t = useText(text).rules;
  const rules = useQuery(rulesQuery);
  if (rules.isError) return <ErrorNotice error={rules.error} onRetry={() => rules.refetch()} />;
  if (rules.isPending) return <Loading what={t.what} />;
  return (
    <ul className="card divide-y divide-line">
      {rules.data.items.map((rule) => (
        <RuleRow key={rule.kind} rule={rule} />
      ))}
    </ul>
  );
}

function RuleRow({ rule }: { rule: AlertRule }) {
  const t = useText(text);
  const admin = mayAct(useMe().role, 'admin');
  const queries = useQueryClient();
  const { sayError } = useSay();
  const change = useMutation({
    mutationFn: (enabled: boolean) => api.updateAlertRule({ params: { kind: rule.kind }, body: { enabled } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alert-rules'] }),
    onError: sayError,
  });
  const name = t.alerts.kinds[rule.kind];
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-4" data-rule={rule.kind}>
      <div className="min-w-56 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="font-medium">{name}</span>
          <span className="text-faint">{t.alerts.severities[rule.severity]}</span>
          {rule.changed && <span className="text-accent-strong">{t.rules.changed}</span>}
        </p>
        <p className="text-soft text-sm">{t.rules.about(rule)}</p>
      </div>
      {admin && (
        <>
          <ToggleSwitch
            label={rule.enabled ? t.rules.on : t.rules.off}
            on={rule.enabled}
            onSwitch={(enabled) => change.mutate(enabled)}
            disabled={change.isPending}
          />
          <EditRule rule={rule} />
        </>
      )}
    </li>
  );
}
