import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageBody } from '../shell/parts/page-body.tsx';
import { PageHead } from '../shell/parts/page-head.tsx';
import { Tabbed } from '../shell/parts/tabbed.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { MyWork } from './my-work.tsx';
import { ProjectList } from './project-list.tsx';
import { text } from './text.ts';

/** What there is to judge: for oneself, and for curators all projects. */
export function JudgingPage() {
  const t = useText(text);
  const { role } = useMe();
  const { tab = 'mine' } = useSearch({ from: '/frame/judge' });
  const navigate = useNavigate();
  const tabs = [
    { value: 'mine', label: t.tabs.mine, panel: <MyWork /> },
    { value: 'projects', label: t.tabs.projects, panel: <ProjectList /> },
  ] as const;
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about} />
      {mayAct(role, 'curator') ? (
        <Tabbed
          label={t.title}
          tabs={tabs}
          value={tab}
          onValue={(value) => void navigate({ to: '/judge', search: { tab: value }, replace: true })}
        />
      ) : (
        <MyWork />
      )}
    </PageBody>
  );
}
