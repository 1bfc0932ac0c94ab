import { CircleAlert, RotateCw } from 'lucide-react';
import { useLanguage, useText } from '../../text/use-text.ts';
import { saidError } from '../said-error.ts';
import { text } from '../text.ts';
import { CodeMarks } from './code-marks.tsx';

/** Says what went wrong and what to do about it, with a way to try again where there is one. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { message, hint, requestId } = saidError(error, useLanguage());
  return <Notice message={message} hint={hint} requestId={requestId} {...(onRetry && { onRetry })} />;
}

interface NoticeFacts {
  message: string;
  hint: string;
  requestId: string | null;
  onRetry?: () => void;
}

/** The same for an error that is in words already. */
export function Notice({ message, hint, requestId, onRetry }: NoticeFacts) {
  const t = useText(text);
  return (
    <div role="alert" className="flex items-start gap-3 rounded-xl bg-bad-wash px-4 py-3 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{message}</p>
        {hint !== '' && (
          <p className="text-soft">
            <CodeMarks text={hint} />
          </p>
        )}
        {requestId !== null && <p className="mt-1 text-faint text-xs">{t.request(requestId)}</p>}
      </div>
      {onRetry && (
        <button type="button" className="quiet-button -my-0.5 shrink-0" onClick={onRetry}>
          <RotateCw aria-hidden className="size-3.5" /> {t.tryAgain}
        </button>
      )}
    </div>
  );
}
