import type { Feedback } from '@attune/contracts';
import { spokenIn } from '@attune/react/headless';
import { useQuery } from '@tanstack/react-query';
import { recordingOf } from '../../collect/recording-of.ts';
import { VoiceNote } from '../../collect/voice-note.tsx';
import { api } from '../../shell/api.ts';

/** How often one looks whether a recording is transcribed, in milliseconds. */
const LOOK_AGAIN_MS = 2000;

/** A recording in review, with its text as it comes; one that could not be transcribed is tried again on request. */
export function SpokenItem({ feedback }: { feedback: Feedback }) {
  const { id, updated_at } = feedback;
  const { data, refetch } = useQuery({
    queryKey: ['review', 'spoken', id, updated_at],
    queryFn: async ({ signal }) => (await api.getReviewItem({ params: { id } }, { signal })).feedback,
    initialData: feedback,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      spokenIn(state.data ?? feedback).transcript === 'pending' ? LOOK_AGAIN_MS : false,
  });
  return <VoiceNote note={data} recording={recordingOf} onAsked={async () => void (await refetch())} />;
}
