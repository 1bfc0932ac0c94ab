import type { JudgingStatus } from '@attune/contracts';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

const looks: Record<JudgingStatus, string> = {
  draft: '',
  running: 'bg-accent-wash text-accent-strong',
  paused: 'bg-warn-wash text-warn',
  closed: '',
};

/** Where a project stands. */
export function StatusChip({ status }: { status: JudgingStatus }) {
  const t = useText(text);
  return <span className={`chip ${looks[status]}`}>{t.statuses[status]}</span>;
}
