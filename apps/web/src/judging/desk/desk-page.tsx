import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { usePageTitle } from '../../shell/use-page-title.ts';
import { useText } from '../../text/use-text.ts';
import { DeskHead } from './desk-head.tsx';
import type { DeskState } from './desk-state.ts';
import { Explanation } from './explanation.tsx';
import { type Guide, guideQuery } from './guide-query.ts';
import { GuideSheet } from './guide-sheet.tsx';
import type { JudgingDesk } from './judging-desk.ts';
import { JudgingView } from './judging-view.tsx';
import { RecentSheet } from './recent-sheet.tsx';
import { SkipDialog } from './skip-dialog.tsx';
import { text } from './text.ts';
import { useJudgingDesk } from './use-judging-desk.ts';
import { Waiting } from './waiting.tsx';

/** Judging: one item after the other, blind. */
export function DeskPage() {
  const t = useText(text);
  const { project } = useParams({ from: '/frame/judge/$project' });
  const guide = useQuery(guideQuery(project));
  usePageTitle(guide.data?.name ?? t.keys.title);
  if (guide.isError || guide.isPending) {
    return (
      <PageBody>
        {guide.isError ? (
          <ErrorNotice error={guide.error} onRetry={() => guide.refetch()} />
        ) : (
          <Loading what={t.what} />
        )}
      </PageBody>
    );
  }
  return <OpenDesk key={project} guide={guide.data} />;
}

function OpenDesk({ guide }: { guide: Guide }) {
  const t = useText(text);
  const { desk, state } = useJudgingDesk(guide.id);
  const undo = () => void desk.undo();
  useKeys({ u: { says: t.undo, does: undo } }, { help: t.keys.title });
  const canSkip = state.tasks.length > 0 && state.explained === null && !state.busy;
  return (
    <div className="flex h-full flex-col">
      <DeskHead name={guide.name} standing={state.standing} onUndo={undo}>
        <GuideSheet guide={guide} />
        <RecentSheet guide={guide} />
        <SkipDialog when={canSkip} onSkip={(skip) => void desk.vote({ answers: {}, skip })} />
      </DeskHead>
      <div className="min-h-0 flex-1">
        <OnDesk guide={guide} desk={desk} state={state} />
      </div>
    </div>
  );
}

function OnDesk({ guide, desk, state }: { guide: Guide; desk: JudgingDesk; state: DeskState }) {
  const t = useText(text);
  const { tasks, explained, standing, supply, problem, busy } = state;
  const [front] = tasks;
  if (explained !== null) {
    return <Explanation explained={explained} questions={guide.questions} onGoOn={() => desk.goOn()} />;
  }
  if (front !== undefined) {
    return <JudgingView key={front.task.id} open={front} guide={guide} desk={desk} busy={busy} />;
  }
  if (supply === 'failed') {
    return (
      <PageBody>
        <ErrorNotice error={problem} onRetry={() => void desk.refill()} />
      </PageBody>
    );
  }
  const looking = supply === 'filling' && standing?.waiting === null;
  if (looking || standing === null) {
    return (
      <PageBody>
        <Loading what={t.what} />
      </PageBody>
    );
  }
  return <Waiting standing={standing} onAgain={() => void desk.refill()} />;
}
