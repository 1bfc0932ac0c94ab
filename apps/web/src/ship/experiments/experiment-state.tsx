import type { Experiment, ExperimentStatus } from '@attune/contracts';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

const looks: Record<ExperimentStatus, string> = {
  draft: '',
  running: 'bg-accent-wash text-accent-strong font-medium',
  paused: 'bg-warn-wash text-warn',
  completed: 'text-good',
  cancelled: '',
};

/** How it stands with an experiment. */
export function ExperimentState({ status }: { status: ExperimentStatus }) {
  const t = useText(text);
  return <span className={`chip ${looks[status]}`}>{t.statuses[status]}</span>;
}

/** Who won, or what the results recommend while nobody has. */
export function Outcome({ experiment }: { experiment: Experiment }) {
  const t = useText(text);
  const { winner, results } = experiment;
  if (winner !== null) return t.winners[winner];
  if (results === null) return t.notLooked;
  const { verdict, days_left } = results.recommendation;
  return [t.verdicts[verdict], ...(days_left === null ? [] : [t.daysLeft(days_left)])].join(' ');
}
