import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorNotice } from './parts/error-notice.tsx';

/** What is shown when a page broke while it was drawn. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-lg p-6 pt-[20vh]">
      <ErrorNotice error={error} onRetry={reset} />
    </div>
  );
}
