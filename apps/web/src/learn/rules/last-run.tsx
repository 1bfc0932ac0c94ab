import type { RetrainingRun } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { Ago } from '../../shell/parts/ago.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** How far a run has got, or how it ended. */
export function LastRun({ run }: { run: RetrainingRun }) {
  const t = useText(text);
  const { decimal } = useFormats();
  const { step, outcome, model_id, error_message, evaluation, ended_at } = run;
  const measured = evaluation?.metrics.pair_accuracy ?? null;
  if (error_message !== null) {
    return (
      <p className="text-bad text-sm [overflow-wrap:anywhere]">
        {t.failedAt[step]}, <Ago at={run.started_at} />: {error_message}
      </p>
    );
  }
  if (outcome === 'not_better') {
    return (
      <p className="text-soft text-sm">
        {t.notBetter} <Ago at={run.started_at} />
      </p>
    );
  }
  return (
    <p className="text-soft text-sm">
      {ended_at === null ? t.steps[step] : model_id}, <Ago at={run.started_at} />
      {measured !== null && measured.value !== null && (
        <>
          {' · '}
          {t.measured(
            `${decimal(measured.value, 3)} (${measured.ci.map((bound) => (bound === null ? '?' : decimal(bound, 3))).join('–')}, n = ${measured.n})`,
          )}
        </>
      )}
    </p>
  );
}

/** Links to what a run made. */
export function RunLinks({ run }: { run: RetrainingRun }) {
  const t = useText(text);
  if (run.dataset_id === null || run.step === 'prepare') return null;
  return (
    <Link to="/training/$id" params={{ id: run.id }} className="text-accent-strong text-sm underline">
      {t.trainingJob}
    </Link>
  );
}
