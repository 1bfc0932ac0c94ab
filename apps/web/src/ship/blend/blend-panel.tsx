import type { Model } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Blend as BlendIcon } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { BlendResult } from './blend-result.tsx';
import { text } from './text.ts';

/** Makes one model of this reward model and another, and shows what that gains. */
export function BlendPanel({ model }: { model: Model }) {
  const t = useText(text);
  const { role } = useMe();
  const [other, setOther] = useState('');
  const [dataset, setDataset] = useState('');
  const queries = useQueryClient();
  const blend = useMutation({
    mutationFn: () => api.blendModels({ body: { models: [model.model_id, other], dataset } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['models'] }),
  });
  if (model.kind !== 'reward' || model.artifact_sha256 === null || !mayAct(role, 'trainer')) return null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    blend.mutate();
  };
  return (
    <section aria-labelledby="blend" className="space-y-3">
      <h2 id="blend" className="font-medium font-serif text-xl">
        {t.title}
      </h2>
      <p className="max-w-prose text-soft text-sm">{t.about}</p>
      <form onSubmit={send} className="flex flex-wrap items-end gap-3">
        <OtherModel model={model} value={other} onValue={setOther} />
        <Dataset value={dataset} onValue={setDataset} />
        <button type="submit" className="line-button" disabled={blend.isPending}>
          <BlendIcon aria-hidden className="size-4" /> {blend.isPending ? t.working : t.action}
        </button>
      </form>
      {blend.isError && <ErrorNotice error={blend.error} />}
      {blend.data && <BlendResult blend={blend.data} />}
    </section>
  );
}

function OtherModel({
  model,
  value,
  onValue,
}: {
  model: Model;
  value: string;
  onValue: (id: string) => void;
}) {
  const t = useText(text);
  const models = useQuery({
    queryKey: ['models', 'reward'],
    queryFn: ({ signal }) => api.listModels({ query: { kind: 'reward', limit: 200 } }, { signal }),
  });
  const others = (models.data?.items ?? []).filter(
    ({ id, artifact_sha256, status }) => id !== model.id && artifact_sha256 !== null && status !== 'archived',
  );
  return <Chosen label={t.other} value={value} onValue={onValue} options={others.map(named)} />;
}

function named({ model_id }: Model): Option {
  return { value: model_id, label: model_id };
}

/** Only what is frozen can be measured on. */
function Dataset({ value, onValue }: { value: string; onValue: (id: string) => void }) {
  const t = useText(text);
  const datasets = useQuery({
    queryKey: ['datasets', 'frozen'],
    queryFn: ({ signal }) => api.listDatasets({ query: { limit: 200, archived: 'false' } }, { signal }),
  });
  const frozen = (datasets.data?.items ?? []).filter(({ content_hash }) => content_hash !== null);
  const options = frozen.map(({ id, name }) => ({ value: id, label: name }));
  return <Chosen label={t.dataset} value={value} onValue={onValue} options={options} />;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function Chosen({
  label,
  value,
  onValue,
  options,
}: {
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly Option[];
}) {
  return (
    <label className="block text-sm">
      {label}
      <select
        className="text-field mt-1"
        required
        value={value}
        onChange={({ target }) => onValue(target.value)}
      >
        <option value="" />
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
