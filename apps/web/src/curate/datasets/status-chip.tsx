import type { DatasetStatus } from '@attune/contracts';
import { Lock } from 'lucide-react';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

const look: Record<DatasetStatus, string> = {
  draft: 'bg-warn-wash text-warn',
  curating: 'bg-warn-wash text-warn',
  ready: 'bg-accent-wash text-accent-strong',
  exported: 'bg-accent-wash text-accent-strong',
  archived: '',
};

/** How far a data set is; a lock marks rows that no longer change. */
export function StatusChip({ status }: { status: DatasetStatus }) {
  const t = useText(text);
  return (
    <span className={`chip ${look[status]}`}>
      {(status === 'ready' || status === 'exported') && <Lock aria-hidden className="size-3" />}
      {t.statuses[status]}
    </span>
  );
}
