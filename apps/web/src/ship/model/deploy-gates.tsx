import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { GateList } from './gate-list.tsx';
import { gatesQuery } from './model-queries.ts';
import { text } from './text.ts';

interface DeployGatesProps {
  /** Id or `name@version`. */
  model: string;
  reason: string;
  onReason: (reason: string) => void;
}

/** The gates beside the form that deploys, with a place for an admin's reason where they refuse. */
export function DeployGates({ model, reason, onReason }: DeployGatesProps) {
  const t = useText(text).gates;
  const isAdmin = mayAct(useMe().role, 'admin');
  const gates = useQuery(gatesQuery(model));
  if (gates.isError) return <ErrorNotice error={gates.error} onRetry={() => gates.refetch()} />;
  if (gates.isPending) return <Loading what={t.title} />;
  return (
    <section aria-labelledby="deploy-gates" className="space-y-3">
      <h2 id="deploy-gates" className="font-medium font-serif text-xl">
        {t.title}
      </h2>
      <GateList gates={gates.data.gates} />
      {gates.data.refusing.length > 0 && (
        <div className="space-y-2">
          <p className="text-bad">{t.refused}</p>
          {isAdmin ? (
            <label className="block text-sm">
              {t.reason}
              <input
                className="text-field mt-1"
                maxLength={1000}
                placeholder={t.reasonHint}
                value={reason}
                onChange={(event) => onReason(event.target.value)}
              />
            </label>
          ) : (
            <p className="text-soft text-sm">{t.askAdmin}</p>
          )}
        </div>
      )}
    </section>
  );
}
