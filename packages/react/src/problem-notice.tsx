import type { Problem } from './problem.ts';
import { useAttune } from './provider.tsx';

interface ProblemNoticeProps {
  problem: Problem | null;
  onDismiss?: (() => void) | undefined;
  onRetry?: (() => void) | undefined;
}

/** Says why something was not taken, and what to do about it. Always on the page, so that screen readers hear it. */
export function ProblemNotice({ problem, onDismiss, onRetry }: ProblemNoticeProps) {
  const { labels } = useAttune();
  return (
    <div role="alert" className="attune-problem" hidden={problem === null}>
      {problem !== null && (
        <>
          <span>
            {problem.message}{' '}
            {problem.retryAfterSeconds === null
              ? problem.hint
              : labels.waitSeconds(problem.retryAfterSeconds)}
          </span>
          {onRetry !== undefined && (
            <button type="button" className="attune-quiet" onClick={onRetry}>
              {labels.reload}
            </button>
          )}
          {onDismiss !== undefined && (
            <button type="button" className="attune-quiet" onClick={onDismiss}>
              {labels.dismiss}
            </button>
          )}
        </>
      )}
    </div>
  );
}
