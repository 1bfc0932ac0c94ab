import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Square } from 'lucide-react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from './text.ts';

/** Ends a shadow run; what it scored stays. */
export function StopShadow({ id }: { id: string }) {
  const t = useText(text);
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const stop = useMutation({
    mutationFn: () => api.stopShadow({ params: { id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['models', 'shadow', id] });
      say(t.stopped);
    },
    onError: sayError,
  });
  return (
    <button type="button" className="line-button" disabled={stop.isPending} onClick={() => stop.mutate()}>
      <Square aria-hidden className="size-4" /> {t.stop}
    </button>
  );
}
