import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { useText } from '../../text/use-text.ts';
import { DeployGates } from '../model/deploy-gates.tsx';
import { GuardFields } from './guard-fields.tsx';
import { deployBody, type PlanDraft, usualPlan } from './plan-draft.ts';
import { StepFields } from './step-fields.tsx';
import { text } from './text.ts';

/** How a model is to get its traffic. */
export function DeployPage() {
  const t = useText(text).form;
  const { model } = useParams({ from: '/frame/deploy/$model' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { say } = useSay();
  const [plan, setPlan] = useState<PlanDraft>(usualPlan);
  const [reason, setReason] = useState('');
  // Without a reason the server refuses what gates refuse.
  const override = reason.trim() === '' ? {} : { force: true, reason: reason.trim() };
  const deploy = useMutation({
    mutationFn: async () =>
      await api.deployModel({ params: { id: model }, body: { ...deployBody(plan), ...override } }),
    onSuccess: async () => {
      await Promise.all(['models', 'ramps'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      say(t.started(model));
      void navigate({ to: '/models' });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    deploy.mutate();
  };
  return (
    <PageBody>
      <Link to="/models" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.back}
      </Link>
      <PageHead title={t.title(model)} about={t.about} />
      <form className="grid gap-6" onSubmit={send}>
        <StepFields steps={plan.steps} onSteps={(steps) => setPlan((now) => ({ ...now, steps }))} />
        <GuardFields guards={plan.guards} onGuards={(guards) => setPlan((now) => ({ ...now, guards }))} />
        <DeployGates model={model} reason={reason} onReason={setReason} />
        {deploy.isError && <ErrorNotice error={deploy.error} />}
        <div>
          <button type="submit" className="main-button" disabled={deploy.isPending}>
            {t.start}
          </button>
        </div>
      </form>
    </PageBody>
  );
}
