import type { FinalEvaluation, Model } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Confirm } from '../../shell/parts/confirm.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** People compare, blind, what this model and another would deliver. */
export function FinalEvaluationPanel({ model }: { model: Model }) {
  const t = useText(text).final;
  const { role } = useMe();
  const standing = useQuery({
    queryKey: ['models', 'final-evaluation', model.id],
    queryFn: ({ signal }) => api.getFinalEvaluation({ params: { id: model.id } }, { signal }),
  });
  if (model.kind !== 'reward') return null;
  return (
    <section aria-labelledby="final" className="space-y-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="final" className="font-medium font-serif text-xl">
            {t.title}
          </h2>
          <p className="max-w-prose text-soft text-sm">{t.about}</p>
        </div>
        {mayAct(role, 'trainer') && model.status !== 'archived' && <Start model={model} />}
      </div>
      {standing.isError && <ErrorNotice error={standing.error} onRetry={() => standing.refetch()} />}
      {standing.data?.evaluation && <Standing evaluation={standing.data.evaluation} />}
    </section>
  );
}

function Standing({ evaluation }: { evaluation: FinalEvaluation }) {
  const t = useText(text).final;
  const { count, percent } = useFormats();
  const { against_model_id, pairs, needed, judged, looked_at, win_rate, project_id } = evaluation;
  const shown = (share: number | null) => (share === null ? '–' : percent(share));
  return (
    <div className="card space-y-1 px-5 py-3">
      <p>{t.against(against_model_id)}</p>
      <p className="text-soft text-sm">{t.judged(count(judged), count(pairs), count(looked_at))}</p>
      {pairs < needed && <p className="text-bad text-sm">{t.tooFew(count(needed))}</p>}
      {win_rate !== null && (
        <p className="tabular-nums">
          {t.wins(shown(win_rate.value), shown(win_rate.ci[0]), shown(win_rate.ci[1]), count(win_rate.n))}
        </p>
      )}
      <Link to="/judge/projects/$project" params={{ project: project_id }} className="quiet-button -ml-2.5">
        <Scale aria-hidden className="size-4" /> {t.project}
      </Link>
    </div>
  );
}

function Start({ model }: { model: Model }) {
  const t = useText(text).final;
  const [against, setAgainst] = useState('');
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const start = useMutation({
    mutationFn: () => {
      const named = against.trim();
      return api.startFinalEvaluation({
        params: { id: model.id },
        body: named === '' ? {} : { against: named },
      });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      say(t.started);
    },
    onError: sayError,
  });
  return (
    <Confirm
      trigger={
        <button type="button" className="line-button">
          <Scale aria-hidden className="size-4" /> {t.start}
        </button>
      }
      title={t.start}
      about={t.startAbout}
      action={t.start}
      onConfirm={() =>
        start.mutateAsync().then(
          () => true,
          () => false,
        )
      }
    >
      <label className="mt-4 block text-sm">
        {t.other}
        <input
          className="text-field mt-1"
          maxLength={500}
          placeholder={t.otherHint}
          value={against}
          onChange={(event) => setAgainst(event.target.value)}
        />
      </label>
    </Confirm>
  );
}
