import type { Problem } from '@attune/react';
import { X } from 'lucide-react';
import { saidRefusal } from '../shell/said-error.ts';
import { text as shellText } from '../shell/text.ts';
import { useLanguage, useText } from '../text/use-text.ts';

interface ProblemNoticeProps {
  problem: Problem | null;
  onDismiss: () => void;
}

/** Why something was not taken and was rolled back, and what to do about it. */
export function ProblemNotice({ problem, onDismiss }: ProblemNoticeProps) {
  const t = useText(shellText);
  const language = useLanguage();
  const words = problem && saidRefusal(problem, language);
  return (
    <div role="alert" hidden={words === null} className="rounded-xl bg-bad-wash px-4 py-2.5 text-sm">
      {words && (
        <div className="flex items-start gap-3">
          <p className="min-w-0 flex-1">
            <span className="font-medium">{words.message}</span>{' '}
            <span className="text-soft">{words.hint}</span>
          </p>
          <button
            type="button"
            aria-label={t.close}
            className="quiet-button -my-1 size-8 p-0"
            onClick={onDismiss}
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
      )}
    </div>
  );
}
