import { Flag } from 'lucide-react';
import { Confirm } from '../shell/confirm.tsx';
import type { Wish } from './statement.ts';

interface UnsafeReportProps {
  reported: boolean;
  onSave: (wish: Wish) => Promise<boolean>;
}

/** Reports an answer as harmful, which raises an alert, or takes the report back. */
export function UnsafeReport({ reported, onSave }: UnsafeReportProps) {
  if (reported) {
    return (
      <button
        type="button"
        className="quiet-button text-bad"
        onClick={() => void onSave({ safety_issue: false })}
      >
        <Flag aria-hidden className="size-3.5 fill-current" /> Reported, take back
      </button>
    );
  }
  return (
    <Confirm
      trigger={
        <button type="button" className="quiet-button">
          <Flag aria-hidden className="size-3.5" /> Report
        </button>
      }
      title="Report this answer as unsafe?"
      about="It raises an alert for the people who look after this server, with the question and the answer."
      action="Report as unsafe"
      onConfirm={() => onSave({ safety_issue: true })}
    />
  );
}
