import type { FeedbackStatus } from '@attune/contracts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

const look: Record<FeedbackStatus, string> = {
  pending: '',
  approved: 'text-good',
  rejected: 'text-bad',
  flagged: 'bg-warn-wash text-warn',
};

/** Where an item stands. */
export function StatusChip({ status }: { status: FeedbackStatus }) {
  const t = useText(text);
  return <span className={`chip ${look[status]}`}>{t.statuses[status]}</span>;
}
