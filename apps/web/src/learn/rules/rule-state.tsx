import type { RetrainingRule } from '@attune/contracts';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** Whether a rule is on, runs, or is paused. */
export function RuleState({ rule: { paused, last_run } }: { rule: RetrainingRule }) {
  const t = useText(text);
  const isRunning = last_run !== null && last_run.ended_at === null;
  if (isRunning) return <span className="text-accent-strong text-sm">{t.running}</span>;
  return <span className="text-faint text-sm">{paused ? t.paused : t.active}</span>;
}
