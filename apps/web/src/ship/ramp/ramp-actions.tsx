import type { Ramp } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FastForward, Pause, Play } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Confirm } from '../../shell/parts/confirm.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** Hold a ramp, let it go on, or go to its next step now, for those who may. */
export function RampActions({ ramp }: { ramp: Ramp }) {
  const t = useText(text);
  const { percent } = useFormats();
  const { role } = useMe();
  const change = useRampChange();
  if (ramp.state !== 'ramping' || !mayAct(role, 'trainer')) return null;
  const params = { id: ramp.model_id };
  const isPaused = ramp.paused_at !== null;
  const next = ramp.steps[ramp.step + 1]?.share ?? 1;
  return (
    <>
      <button
        type="button"
        className={isPaused ? 'main-button' : 'line-button'}
        disabled={change.isPending}
        onClick={() =>
          change.mutate(
            isPaused
              ? { act: () => api.resumeRamp({ params }), saying: t.resumed }
              : { act: () => api.pauseRamp({ params }), saying: t.pausedNow },
          )
        }
      >
        {isPaused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
        {isPaused ? t.resume : t.pause}
      </button>
      <Confirm
        trigger={
          <button type="button" className="line-button">
            <FastForward aria-hidden className="size-4" /> {t.advance}
          </button>
        }
        title={t.advanceTitle(percent(next))}
        about={t.advanceAbout}
        action={t.advance}
        onConfirm={() =>
          change
            .mutateAsync({ act: () => api.advanceRamp({ params }), saying: t.advanced(percent(next)) })
            .then(
              () => true,
              () => false,
            )
        }
      />
    </>
  );
}

function useRampChange() {
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  return useMutation({
    mutationFn: ({ act }: { act: () => Promise<Ramp>; saying: string }) => act(),
    onSuccess: async (_, { saying }) => {
      say(saying);
      await Promise.all(['models', 'ramps'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
    onError: sayError,
  });
}
