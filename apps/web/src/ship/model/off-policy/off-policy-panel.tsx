import type { Model } from '@attune/contracts';
import { useMutation } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../../shell/api.ts';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { mayAct } from '../../../shell/role-rank.ts';
import { useMe } from '../../../shell/session.ts';
import { useText } from '../../../text/use-text.ts';
import { OffPolicyFindings } from './off-policy-findings.tsx';
import { text } from './text.ts';

const DAY_MS = 86_400_000;

/** What a reward model would have had in the last days, estimated from the log when somebody asks. */
export function OffPolicyPanel({ model }: { model: Model }) {
  const t = useText(text);
  const { role } = useMe();
  const [days, setDays] = useState('7');
  const evaluation = useMutation({
    mutationFn: () => {
      const from = new Date(Date.now() - Number(days) * DAY_MS).toISOString();
      return api.evaluateOffPolicy({ params: { id: model.id }, body: { from } });
    },
  });
  if (model.kind !== 'reward' || model.status === 'archived' || !mayAct(role, 'trainer')) return null;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    evaluation.mutate();
  };
  return (
    <section aria-labelledby="off-policy" className="space-y-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="off-policy" className="font-medium font-serif text-xl">
            {t.title}
          </h2>
          <p className="max-w-prose text-soft text-sm">{t.about}</p>
        </div>
        <form onSubmit={ask} className="flex items-end gap-3">
          <label className="block text-sm">
            {t.days}
            <input
              type="number"
              className="text-field mt-1 w-24"
              min={1}
              max={365}
              required
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          </label>
          <button type="submit" className="line-button" disabled={evaluation.isPending}>
            <History aria-hidden className="size-4" /> {evaluation.isPending ? t.estimating : t.estimate}
          </button>
        </form>
      </div>
      {evaluation.isError && (
        <ErrorNotice error={evaluation.error} onRetry={() => evaluation.mutateAsync()} />
      )}
      <div aria-live="polite">{evaluation.data && <OffPolicyFindings found={evaluation.data} />}</div>
    </section>
  );
}
