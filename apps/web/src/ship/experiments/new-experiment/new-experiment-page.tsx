import type { Model, Overview } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { PageBody } from '../../../shell/parts/page-body.tsx';
import { PageHead } from '../../../shell/parts/page-head.tsx';
import { TextField } from '../../../shell/parts/text-field.tsx';
import { useText } from '../../../text/use-text.ts';
import { candidatesQuery } from '../experiment-queries.ts';
import { text as experimentText } from '../text.ts';
import { CriteriaFields } from './criteria-fields.tsx';
import { type ExperimentDraft, emptyDraft, experimentBody } from './experiment-draft.ts';
import { ModelFields } from './model-fields.tsx';
import { PlanFields } from './plan-fields.tsx';
import { SizeFields } from './size-fields.tsx';
import { text } from './text.ts';

/** A new experiment. */
export function NewExperimentPage() {
  const t = useText(text);
  const { back, start } = useText(experimentText);
  const models = useQuery(candidatesQuery);
  const overview = useQuery({
    queryKey: ['overview', 28],
    queryFn: ({ signal }) => api.getOverview({ query: { days: 28 } }, { signal }),
  });
  return (
    <PageBody>
      <Link to="/experiments" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {back}
      </Link>
      <PageHead title={start} about={t.about} />
      {models.isError && <ErrorNotice error={models.error} onRetry={() => models.refetch()} />}
      {(models.isPending || overview.isPending) && <Loading what={t.theModels} />}
      {models.data && !overview.isPending && (
        <NewExperiment models={models.data.items} overview={overview.data ?? null} />
      )}
    </PageBody>
  );
}

interface NewExperimentProps {
  models: readonly Model[];
  /** How people react now; null where that could not be read. */
  overview: Overview | null;
}

function NewExperiment({ models, overview }: NewExperimentProps) {
  const t = useText(text);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { say } = useSay();
  const [draft, setDraft] = useState(() => emptyDraft(models, overview));
  const set = (change: Partial<ExperimentDraft>) => setDraft((now) => ({ ...now, ...change }));
  const begin = useMutation({
    mutationFn: async (asDraft: boolean) =>
      await api.startExperiment({ body: experimentBody(draft, asDraft) }),
    onSuccess: async ({ id }, asDraft) => {
      await queries.invalidateQueries({ queryKey: ['experiments'] });
      say(asDraft ? t.saved : t.started);
      void navigate({ to: '/experiments/$id', params: { id } });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate(false);
  };
  return (
    <form className="grid gap-6" onSubmit={send}>
      <div className="card grid gap-5 p-5 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <TextField
            label={t.name}
            hint={t.nameHint}
            maxLength={200}
            value={draft.name}
            onValue={(name) => set({ name })}
          />
        </div>
        <ModelFields models={models} draft={draft} onChange={set} />
        <PlanFields draft={draft} onChange={set} />
      </div>
      <SizeFields draft={draft} overview={overview} onChange={set} />
      <CriteriaFields criteria={draft.criteria} onCriteria={(criteria) => set({ criteria })} />
      {begin.isError && <ErrorNotice error={begin.error} />}
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="main-button" disabled={begin.isPending}>
          {t.start}
        </button>
        <button
          type="button"
          className="line-button"
          disabled={begin.isPending}
          onClick={() => begin.mutate(true)}
        >
          {t.saveDraft}
        </button>
      </div>
    </form>
  );
}
