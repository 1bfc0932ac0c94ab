import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Field } from '../../shell/parts/field.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { ToggleSwitch } from '../../shell/parts/toggle-switch.tsx';
import { useText } from '../../text/use-text.ts';
import { jobQuery } from '../job-queries.ts';
import { text } from '../text.ts';
import { draftOf, emptyDraft, type JobDraft, readSettings, recipeOf } from './job-draft.ts';
import { newRun } from './new-run.ts';
import { ModelFields, RecipeField, SettingFields } from './recipe-fields.tsx';
import { runRecipes, settingsOf } from './setting-shape.ts';

/** A new run: anew, or with the settings of another one. */
export function NewJobPage() {
  const t = useText(text);
  const { from } = useSearch({ from: '/frame/training/new' });
  const model = useQuery({ ...jobQuery(from ?? ''), enabled: from !== undefined });
  return (
    <PageBody>
      <Link to="/training" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.back}
      </Link>
      <PageHead title={t.newRun} about={t.newAbout} />
      {from === undefined && <NewJob start={emptyDraft} />}
      {model.isError && <ErrorNotice error={model.error} onRetry={() => model.refetch()} />}
      {from !== undefined && model.isPending && <Loading what={t.theRun} />}
      {model.data && <NewJob start={draftOf(model.data, settingsOf(recipeOf(model.data)))} />}
    </PageBody>
  );
}

function NewJob({ start }: { start: JobDraft }) {
  const t = useText(text);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(start);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const settings = settingsOf(draft.recipe);
  const set = (change: Partial<JobDraft>) => setDraft((now) => ({ ...now, ...change }));
  const begin = useMutation({
    mutationFn: (values: Record<string, unknown>) => newRun(draft, values),
    onSuccess: async (job) => {
      await queries.invalidateQueries({ queryKey: ['jobs'] });
      void navigate({ to: '/training/$id', params: { id: job.id } });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const read = readSettings(draft, settings);
    setUnreadable('unreadable' in read ? read.unreadable : null);
    if ('values' in read) begin.mutate(read.values);
  };
  return (
    <form className="grid gap-6" onSubmit={send}>
      <div className="card grid gap-5 p-5 sm:grid-cols-2">
        <RecipeField recipes={runRecipes} draft={draft} onChange={set} />
        <DatasetField value={draft.dataset} onValue={(dataset) => set({ dataset })} />
        <ModelFields draft={draft} onChange={set} />
      </div>
      <HandOver draft={draft} onChange={set} />
      <SettingFields draft={draft} onChange={set} />
      {unreadable !== null && (
        <p role="alert" className="text-bad text-sm">
          {t.unreadable(unreadable)}
        </p>
      )}
      {begin.isError && <ErrorNotice error={begin.error} />}
      <div>
        <button type="submit" className="main-button" disabled={begin.isPending}>
          {t.start}
        </button>
      </div>
    </form>
  );
}

/** Whether people get to see what the run writes. */
function HandOver({ draft, onChange }: { draft: JobDraft; onChange: (change: Partial<JobDraft>) => void }) {
  const t = useText(text);
  if (draft.recipe === 'attune' || draft.recipe === 'reward') return null;
  const label = draft.recipe === 'constitutional' ? t.importPreferences : t.judgeSamples;
  return (
    <div className="card px-5 py-2">
      <ToggleSwitch label={label} on={draft.handsOver} onSwitch={(handsOver) => onChange({ handsOver })} />
    </div>
  );
}

/** Only what is frozen can be trained on. */
function DatasetField({ value, onValue }: { value: string; onValue: (id: string) => void }) {
  const t = useText(text);
  const datasets = useQuery({
    queryKey: ['datasets', 'frozen'],
    queryFn: ({ signal }) => api.listDatasets({ query: { limit: 200, archived: 'false' } }, { signal }),
  });
  const frozen = (datasets.data?.items ?? []).filter(({ content_hash }) => content_hash !== null);
  return (
    <Field label={t.dataset} hint={datasets.isSuccess && frozen.length === 0 ? t.noDataset : t.datasetHint}>
      {(input) => (
        <select
          {...input}
          className="text-field"
          required
          value={value}
          onChange={(event) => onValue(event.target.value)}
        >
          <option value="" />
          {frozen.map(({ id, name, sample_count }) => (
            <option key={id} value={id}>
              {t.datasetOption(name, sample_count)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
