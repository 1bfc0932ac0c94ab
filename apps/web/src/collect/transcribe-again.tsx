import type { Feedback } from '@attune/contracts';
import { useMutation } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { useFeedbackLabels } from './feedback-labels.ts';

/** Asks once more for the text of a recording whose transcription failed. */
export function TranscribeAgain({ note, onAsked }: { note: Feedback; onAsked: () => Promise<void> }) {
  const labels = useFeedbackLabels();
  const { sayError } = useSay();
  const again = useMutation({
    mutationFn: () => api.transcribeFeedbackAudio({ params: { id: note.id } }),
    onSuccess: onAsked,
    onError: sayError,
  });
  return (
    <button
      type="button"
      className="quiet-button -ml-2.5 min-h-8"
      disabled={again.isPending}
      onClick={() => again.mutate()}
    >
      <RotateCcw aria-hidden className="size-3.5" /> {labels.transcribeAgain}
    </button>
  );
}
