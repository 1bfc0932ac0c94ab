import type { JudgingProject } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Choice } from '../../shell/parts/choice.tsx';
import { type Column, DataTable } from '../../shell/parts/data-table.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Field } from '../../shell/parts/field.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

type Made = Awaited<ReturnType<typeof api.pairsFromJudging>>;

/** Makes preference pairs of the votes, with a preview and the reasons for what is left out. */
export function PairsTab({ project: { id, questions } }: { project: JudgingProject }) {
  const t = useText(text).pairs;
  const { say } = useSay();
  const queries = useQueryClient();
  const comparing = questions.filter(({ kind }) => kind === 'pairwise' || kind === 'ranking');
  const [question, setQuestion] = useState(comparing[0]?.id ?? '');
  const [by, setBy] = useState<'majority' | 'dawid_skene'>('majority');
  const [minimum, setMinimum] = useState(0);
  const ask = (preview: boolean) =>
    api.pairsFromJudging({ params: { id }, body: { question, by, minimum_strength: minimum, preview } });
  const preview = useMutation({ mutationFn: () => ask(true) });
  const make = useMutation({
    mutationFn: () => ask(false),
    onSuccess: async ({ created }) => {
      say(t.made(created));
      await queries.invalidateQueries({ queryKey: ['pairs'] });
    },
  });
  const changed = () => {
    preview.reset();
    make.reset();
  };
  if (comparing.length === 0) return <p className="text-soft">{t.none}</p>;
  const error = make.error ?? preview.error;
  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        make.reset();
        preview.mutate();
      }}
    >
      <p className="max-w-prose text-soft">{t.about}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Choice
          label={t.question}
          options={comparing.map((one) => ({ value: one.id, label: one.title }))}
          value={question}
          onValue={(value) => {
            setQuestion(value);
            changed();
          }}
        />
        <Choice
          label={t.by}
          options={[
            { value: 'majority', label: t.ways.majority },
            { value: 'dawid_skene', label: t.ways.dawid_skene },
          ]}
          value={by}
          onValue={(value) => {
            setBy(value);
            changed();
          }}
        />
        <Field label={t.minimum}>
          {(input) => (
            <input
              {...input}
              type="number"
              min={0}
              max={1}
              step={0.05}
              required
              className="text-field max-w-32"
              value={minimum}
              onChange={({ target: { valueAsNumber } }) => {
                setMinimum(Number.isNaN(valueAsNumber) ? 0 : valueAsNumber);
                changed();
              }}
            />
          )}
        </Field>
        <button type="submit" className="line-button" disabled={preview.isPending}>
          {t.preview}
        </button>
        {preview.isSuccess && preview.data.count > 0 && !make.isSuccess && (
          <button
            type="button"
            className="main-button"
            disabled={make.isPending}
            onClick={() => make.mutate()}
          >
            {t.make(preview.data.count)}
          </button>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {make.isSuccess ? (
        <MadePairs made={make.data} says={t.made(make.data.created)} />
      ) : (
        preview.isSuccess && <MadePairs made={preview.data} says={t.would(preview.data.count)} />
      )}
    </form>
  );
}

function MadePairs({ made: { pairs, left_out }, says }: { made: Made; says: string }) {
  const t = useText(text).pairs;
  const { decimal } = useFormats();
  const columns: Column<Made['pairs'][number]>[] = [
    { key: 'query', label: t.question, cell: ({ query }) => <Clipped text={query} /> },
    { key: 'chosen', label: t.chosen, cell: (pair) => <Clipped text={pair.chosen_response} /> },
    { key: 'rejected', label: t.rejected, cell: (pair) => <Clipped text={pair.rejected_response} /> },
    {
      key: 'strength',
      label: t.strength,
      numeric: true,
      cell: ({ preference_strength }) => decimal(preference_strength, 2),
    },
  ];
  return (
    <div className="grid grid-cols-1 gap-3">
      <p role="status" className="font-medium">
        {says}
      </p>
      {left_out.length > 0 && (
        <ul className="flex flex-wrap gap-2 text-sm">
          <li className="text-soft">{t.leftOut}:</li>
          {left_out.map(({ reason, count: number }) => (
            <li key={reason} className="chip">
              {number} · {reasonIn(t.reasons, reason)}
            </li>
          ))}
        </ul>
      )}
      {pairs.length > 0 && (
        <DataTable
          label={t.list}
          columns={columns}
          rows={pairs}
          rowKey={({ item_id, chosen_response, rejected_response }) =>
            `${item_id}${chosen_response}${rejected_response}`
          }
        />
      )}
    </div>
  );
}

function Clipped({ text: written }: { text: string }) {
  return <span className="line-clamp-2 min-w-40">{written}</span>;
}

/** Reasons by name; one that this page does not know is said as the server says it. */
function reasonIn(reasons: Readonly<Record<string, string>>, reason: string): string {
  return reasons[reason] ?? reason;
}
