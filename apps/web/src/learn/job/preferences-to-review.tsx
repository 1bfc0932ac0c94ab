import type { Job } from '@attune/contracts';
import { useMutation } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** Brings the AI preferences of a run into review. */
export function PreferencesToReview({ job }: { job: Job }) {
  const t = useText(text);
  const { say, sayError } = useSay();
  const bring = useMutation({
    mutationFn: () => api.importPreferences({ params: { id: job.id } }),
    onSuccess: ({ imported, already_there }) => say(t.broughtToReview(imported, already_there)),
    onError: sayError,
  });
  if (job.recipe !== 'constitutional' || job.status !== 'completed') return null;
  return (
    <button type="button" className="main-button" disabled={bring.isPending} onClick={() => bring.mutate()}>
      <ListChecks aria-hidden className="size-4" /> {t.bringToReview}
    </button>
  );
}
