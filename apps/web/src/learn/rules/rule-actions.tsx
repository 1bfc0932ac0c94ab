import type { RetrainingRule } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Pause, Play, Trash2 } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Confirm } from '../../shell/parts/confirm.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** Pause, resume, run now, delete. */
export function RuleActions({ rule: { id, paused, last_run } }: { rule: RetrainingRule }) {
  const t = useText(text);
  const { say, sayError } = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const params = { id };
  const changed = () => queries.invalidateQueries({ queryKey: ['retraining'] });
  const pause = useMutation({
    mutationFn: () => api.updateRetrainingRule({ params, body: { paused: !paused } }),
    onSuccess: changed,
    onError: sayError,
  });
  const run = useMutation({
    mutationFn: () => api.runRetraining({ params }),
    onSuccess: async () => {
      await changed();
      say(t.began);
    },
    onError: sayError,
  });
  const remove = async () => {
    try {
      await api.deleteRetrainingRule({ params });
      say(t.removed);
      void navigate({ to: '/training/rules' });
      return true;
    } catch (error) {
      sayError(error);
      return false;
    }
  };
  const isRunning = last_run !== null && last_run.ended_at === null;
  return (
    <div className="flex flex-wrap gap-2">
      <button type="button" className="line-button" disabled={pause.isPending} onClick={() => pause.mutate()}>
        {paused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
        {paused ? t.resume : t.pause}
      </button>
      <button
        type="button"
        className="main-button"
        disabled={run.isPending || isRunning}
        onClick={() => run.mutate()}
      >
        {t.runNow}
      </button>
      <Confirm
        trigger={
          <button type="button" className="quiet-button" disabled={isRunning}>
            <Trash2 aria-hidden className="size-4" /> {t.remove}
          </button>
        }
        title={t.removeTitle}
        about={t.removeAbout}
        action={t.remove}
        onConfirm={remove}
      />
    </div>
  );
}
