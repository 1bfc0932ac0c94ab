import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Rocket } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { retrainedModelQuery } from './rule-queries.ts';
import { text } from './text.ts';

/** Asks for the model of a rule's run to be deployed, in the usual steps; its gates decide as for any other. */
export function DeployQuestion({ model }: { model: string }) {
  const t = useText(text);
  const { say } = useSay();
  const { role } = useMe();
  const queries = useQueryClient();
  const found = useQuery(retrainedModelQuery(model));
  const deploy = useMutation({
    mutationFn: () => api.deployModel({ params: { id: model }, body: {} }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      say(t.deploying(model));
    },
  });
  if (found.data === undefined || found.data.kind !== 'reward') return null;
  if (found.data.status !== 'testing') return <p className="mt-3 text-soft text-sm">{t.noQuestion}</p>;
  return (
    <div className="mt-3 space-y-2">
      <p className="text-sm">{t.question(model)}</p>
      <div className="flex flex-wrap gap-2">
        {mayAct(role, 'trainer') && (
          <button
            type="button"
            className="main-button"
            disabled={deploy.isPending}
            onClick={() => deploy.mutate()}
          >
            <Rocket aria-hidden className="size-4" /> {t.deploy}
          </button>
        )}
        <Link to="/deploy/$model" params={{ model }} className="line-button">
          {t.gatesAndPlan}
        </Link>
      </div>
      {deploy.isError && <ErrorNotice error={deploy.error} />}
    </div>
  );
}
