import type { Saying } from '@attune/react';
import { Flag } from 'lucide-react';
import { Confirm } from '../shell/parts/confirm.tsx';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

interface UnsafeReportProps {
  reported: boolean;
  onSave: (saying: Saying) => Promise<boolean>;
}

/** Reports an answer as harmful, which raises an alert, or takes the report back. */
export function UnsafeReport({ reported, onSave }: UnsafeReportProps) {
  const t = useText(text).unsafe;
  if (reported) {
    return (
      <button
        type="button"
        className="quiet-button text-bad"
        onClick={() => void onSave({ safety_issue: false })}
      >
        <Flag aria-hidden className="size-3.5 fill-current" /> {t.reported}
      </button>
    );
  }
  return (
    <Confirm
      trigger={
        <button type="button" className="quiet-button">
          <Flag aria-hidden className="size-3.5" /> {t.report}
        </button>
      }
      title={t.title}
      about={t.about}
      action={t.action}
      onConfirm={() => onSave({ safety_issue: true })}
    />
  );
}
