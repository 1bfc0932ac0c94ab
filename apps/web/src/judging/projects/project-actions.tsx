import type { JudgingProject, JudgingStatus } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Pause, Play } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Confirm } from '../../shell/parts/confirm.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** Runs, pauses, closes a project, or deletes a draft. */
export function ProjectActions({ project: { id, name, status } }: { project: JudgingProject }) {
  const t = useText(text).actions;
  const { say, sayError } = useSay();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (to: JudgingStatus) => api.updateJudgingProject({ params: { id }, body: { status: to } }),
    onSuccess: (project) => say(t.now[project.status]),
    onError: sayError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['judging'] }),
  });
  const to = (next: JudgingStatus) => ({
    type: 'button' as const,
    disabled: change.isPending,
    onClick: () => change.mutate(next),
  });
  return (
    <>
      {status === 'draft' && <DeleteDraft id={id} name={name} />}
      {status !== 'running' && (
        <button {...to(status === 'closed' ? 'paused' : 'running')} className="main-button">
          <Play aria-hidden className="size-4" />
          {{ draft: t.run, paused: t.goOn, closed: t.reopen }[status]}
        </button>
      )}
      {status === 'running' && (
        <button {...to('paused')} className="line-button">
          <Pause aria-hidden className="size-4" /> {t.pause}
        </button>
      )}
      {(status === 'running' || status === 'paused') && (
        <button {...to('closed')} className="line-button">
          {t.close}
        </button>
      )}
    </>
  );
}

function DeleteDraft({ id, name }: { id: string; name: string }) {
  const t = useText(text).actions;
  const { say, sayError } = useSay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = async () => {
    try {
      await api.deleteJudgingProject({ params: { id } });
    } catch (error) {
      sayError(error);
      return false;
    }
    say(t.removed);
    await navigate({ to: '/judge', search: { tab: 'projects' } });
    await queries.invalidateQueries({ queryKey: ['judging', 'projects'] });
    return true;
  };
  return (
    <Confirm
      title={t.removeTitle(name)}
      about={t.removeAbout}
      action={t.remove}
      onConfirm={remove}
      trigger={
        <button type="button" className="quiet-button">
          {t.remove}
        </button>
      }
    />
  );
}
