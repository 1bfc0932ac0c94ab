import type { Model, ModelGates } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { GateList } from './gate-list.tsx';
import { gatesQuery, isMeasuring } from './model-queries.ts';
import { text } from './text.ts';

/** The gates of a model, and the way to measure them. */
export function GatesPanel({ model }: { model: Model }) {
  const t = useText(text).gates;
  const gates = useQuery(gatesQuery(model.id));
  return (
    <section aria-labelledby="gates" className="space-y-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="gates" className="font-medium font-serif text-xl">
            {t.title}
          </h2>
          <p className="max-w-prose text-soft text-sm">{t.about}</p>
        </div>
        {gates.data && <Measure model={model} gates={gates.data} />}
      </div>
      {gates.isError && <ErrorNotice error={gates.error} onRetry={() => gates.refetch()} />}
      {gates.isPending && <Loading what={t.title} />}
      {gates.data && <Standing gates={gates.data} />}
    </section>
  );
}

function Standing({ gates }: { gates: ModelGates }) {
  const t = useText(text).gates;
  const { count, decimal } = useFormats();
  const { incumbent_model_id: incumbent, measurement, excluded, cost } = gates;
  return (
    <>
      <Progress gates={gates} />
      {measurement?.status === 'failed' && (
        <p className="text-bad text-sm">{t.failed(measurement.error ?? '')}</p>
      )}
      <GateList gates={gates.gates} />
      <p className="text-faint text-sm">
        {incumbent === null ? t.noIncumbent : t.against(incumbent)}
        {excluded !== null && ` ${t.excluded(count(excluded))}`}
        {cost !== null && ` ${t.speed(decimal(cost.questions_per_second, 0))}`}
        {cost?.dollars_per_thousand != null && ` ${t.cost(decimal(cost.dollars_per_thousand, 4))}`}
      </p>
    </>
  );
}

function Progress({ gates }: { gates: ModelGates }) {
  const t = useText(text).gates;
  const { percent } = useFormats();
  if (!isMeasuring(gates) || gates.measurement === null) return null;
  const { progress } = gates.measurement;
  return (
    <div className="text-soft text-sm">
      <progress className="w-full accent-accent" max={1} value={progress} aria-label={t.measuring} />
      <span aria-hidden>
        {t.measuring} {progress > 0 && percent(progress)}
      </span>
    </div>
  );
}

function Measure({ model, gates }: { model: Model; gates: ModelGates }) {
  const t = useText(text).gates;
  const { role } = useMe();
  const queries = useQueryClient();
  const { sayError } = useSay();
  const measure = useMutation({
    mutationFn: () => api.evaluateGates({ params: { id: model.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['models', 'gates', model.id] }),
    onError: sayError,
  });
  if (!mayAct(role, 'trainer') || model.status === 'archived') return null;
  return (
    <button
      type="button"
      className="line-button"
      disabled={measure.isPending || isMeasuring(gates)}
      onClick={() => measure.mutate()}
    >
      <Gauge aria-hidden className="size-4" /> {t.measure}
    </button>
  );
}
