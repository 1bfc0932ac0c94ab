import type { Job } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CopyPlus, Play, Square } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Confirm } from '../../shell/parts/confirm.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { canResume, hasEnded } from '../job-state.ts';
import { text } from '../text.ts';
import { PreferencesToReview } from './preferences-to-review.tsx';

/** Stop, go on, start another like it. */
export function JobActions({ job }: { job: Job }) {
  const t = useText(text);
  const { say, sayError } = useSay();
  const queries = useQueryClient();
  const { role } = useMe();
  const params = { id: job.id };
  const changed = async (now: Job) => {
    queries.setQueryData(['jobs', job.id], now);
    await queries.invalidateQueries({ queryKey: ['jobs'] });
  };
  const resume = useMutation({
    mutationFn: () => api.resumeJob({ params }),
    onSuccess: async (now) => {
      await changed(now);
      say(t.resumed);
    },
    onError: sayError,
  });
  const cancel = async () => {
    try {
      await changed(await api.cancelJob({ params }));
      say(t.cancelled);
      return true;
    } catch (error) {
      sayError(error);
      return false;
    }
  };
  if (!mayAct(role, 'trainer')) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {!hasEnded(job) && (
        <Confirm
          trigger={
            <button type="button" className="line-button">
              <Square aria-hidden className="size-4" /> {t.cancel}
            </button>
          }
          title={t.cancelTitle}
          about={t.cancelAbout}
          action={t.cancel}
          onConfirm={cancel}
        />
      )}
      <PreferencesToReview job={job} />
      {canResume(job) && (
        <button
          type="button"
          className="main-button"
          disabled={resume.isPending}
          onClick={() => resume.mutate()}
        >
          <Play aria-hidden className="size-4" />
          {job.checkpoint_step === null ? t.again : t.resume(job.checkpoint_step)}
        </button>
      )}
      {job.provider === 'custom' && (
        <Link to="/training/new" search={{ from: job.id }} className="line-button">
          <CopyPlus aria-hidden className="size-4" /> {t.clone}
        </Link>
      )}
    </div>
  );
}
