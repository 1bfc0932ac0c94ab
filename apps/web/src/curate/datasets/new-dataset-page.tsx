import type { DatasetType } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Field } from '../../shell/parts/field.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { TextField } from '../../shell/parts/text-field.tsx';
import { useText } from '../../text/use-text.ts';
import { types } from './dataset-search.ts';
import { queryOf, usualQuery } from './query-draft.ts';
import { QueryFields } from './query-fields.tsx';
import { QueryPreview } from './query-preview.tsx';
import { text } from './text.ts';

/** A data set from a query, with what it would hold beside it. */
export function NewDatasetPage() {
  const t = useText(text);
  const { say } = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [type, setType] = useState<DatasetType>('reward');
  const [draft, setDraft] = useState(usualQuery);
  const create = useMutation({
    mutationFn: () =>
      api.createDataset({
        body: { name: name.trim(), description, dataset_type: type, query: queryOf(draft) },
      }),
    onSuccess: async (dataset) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      say(t.create.created(dataset.name));
      void navigate({ to: '/datasets/$id', params: { id: dataset.id } });
    },
  });
  return (
    <PageBody>
      <Link to="/datasets" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.create.back}
      </Link>
      <PageHead title={t.create.title} about={t.create.about} />
      <div className="grid items-start gap-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <form
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <TextField
            label={t.create.name}
            hint={t.create.nameHint}
            maxLength={200}
            value={name}
            onValue={setName}
          />
          <Field label={t.create.type}>
            {(input) => (
              <select
                {...input}
                className="text-field"
                value={type}
                onChange={(event) => setType(types.find((one) => one === event.target.value) ?? 'reward')}
              >
                {types.map((one) => (
                  <option key={one} value={one}>
                    {t.types[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t.create.description}>
            {(input) => (
              <textarea
                {...input}
                className="text-field min-h-16 text-sm"
                maxLength={5000}
                value={description}
                onChange={(event) => setDescription(event.target.value)}
              />
            )}
          </Field>
          <QueryFields draft={draft} onDraft={setDraft} />
          {create.isError && <ErrorNotice error={create.error} />}
          <button
            type="submit"
            className="main-button"
            disabled={create.isPending || name.trim() === '' || draft.statuses.length === 0}
          >
            {t.create.submit}
          </button>
        </form>
        <QueryPreview type={type} draft={draft} />
      </div>
    </PageBody>
  );
}
