import type { ReviewAction } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { sent } from '../decide/ask-server.ts';
import type { QueueFilter } from '../filter/review-search.ts';
import { Verdict } from '../item/verdict.tsx';
import { text } from '../text.ts';

interface ConfirmMatchingProps {
  filter: QueueFilter;
  decision: ReviewAction;
  onConfirm: (preview: string) => void;
  onClose: () => void;
}

/** How many items a decision on everything that matches would change, and some of them, before it is made. */
export function ConfirmMatching({ filter, decision, onConfirm, onClose }: ConfirmMatchingProps) {
  const t = useText(text);
  const preview = useQuery({
    queryKey: ['review', 'preview', filter],
    queryFn: ({ signal }) => api.previewDecision({ body: { filter: sent(filter) } }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  const action = t.actions[decision.action];
  const title =
    preview.data === undefined ? t.bulk.counting : t.bulk.confirmTitle(action, preview.data.matched.value);
  return (
    <PopupDialog title={title} about={t.bulk.confirmAbout} open onOpen={(open) => !open && onClose()}>
      {preview.isError && <ErrorNotice error={preview.error} onRetry={() => preview.refetch()} />}
      {preview.isPending && <Loading what={t.bulk.some} lines={3} />}
      {preview.data && (
        <>
          <h3 className="eyebrow mb-1">{t.bulk.some}</h3>
          <ul className="divide-y divide-line">
            {preview.data.sample.map(({ feedback }) => (
              <li key={feedback.id} className="flex items-center gap-3 py-2 text-sm">
                <span className="min-w-0 flex-1 truncate">{feedback.query}</span>
                <Verdict feedback={feedback} />
              </li>
            ))}
          </ul>
          <div className="mt-5 flex justify-end gap-2">
            <button type="button" className="quiet-button min-h-9" onClick={onClose}>
              {t.cancel}
            </button>
            <button
              type="button"
              className="main-button"
              // biome-ignore lint/a11y/noAutofocus: the dialog asks one thing, and Enter answers it.
              autoFocus
              disabled={preview.data.matched.value === 0}
              onClick={() => onConfirm(preview.data.preview)}
            >
              {action}
            </button>
          </div>
        </>
      )}
    </PopupDialog>
  );
}
