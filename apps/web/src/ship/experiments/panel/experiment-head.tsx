import type { Experiment } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { useText } from '../../../text/use-text.ts';
import { ExperimentState } from '../experiment-state.tsx';
import { Times } from '../experiment-times.tsx';
import { text as experimentText } from '../text.ts';
import { text } from './text.ts';

/** How an experiment stands: status, who takes part, since when, and its models. */
export function ExperimentHead({ experiment }: { experiment: Experiment }) {
  const t = useText(text);
  const words = useText(experimentText);
  const { status, traffic, traffic_split, unit, results, control_model_id, treatment_model_id } = experiment;
  return (
    <div className="space-y-1 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ExperimentState status={status} />
        <span className="text-faint">
          <Times experiment={experiment} />
        </span>
      </p>
      <p className="text-soft">
        {words.trafficShare(traffic)}, {t.split(traffic_split)}, {t.unit[unit]}.{' '}
        {results === null ? null : `${words.users(results.users.control, results.users.treatment, unit)}.`}
      </p>
      <p className="flex flex-wrap gap-x-4">
        <ModelLink says={words.arms.control} model={control_model_id} />
        <ModelLink says={words.arms.treatment} model={treatment_model_id} />
      </p>
    </div>
  );
}

function ModelLink({ says, model }: { says: string; model: string }) {
  return (
    <span className="text-faint">
      {says}:{' '}
      <Link to="/models" className="font-medium text-accent-strong underline [overflow-wrap:anywhere]">
        {model}
      </Link>
    </span>
  );
}
