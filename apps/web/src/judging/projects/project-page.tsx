import type { JudgingProject } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { Tabbed } from '../../shell/parts/tabbed.tsx';
import { useText } from '../../text/use-text.ts';
import { StatusChip } from '../status-chip.tsx';
import { AgreementTab } from './agreement/agreement-tab.tsx';
import { DisagreementsTab } from './disagreements/disagreements-tab.tsx';
import { ItemsTab } from './items/items-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { PairsTab } from './pairs-tab.tsx';
import { ProjectActions } from './project-actions.tsx';
import { projectQuery } from './project-query.ts';
import { SettingsTab } from './settings/settings-tab.tsx';
import { text } from './text.ts';

/** A judging project, for the curators who run it. */
export function ProjectPage() {
  const t = useText(text);
  const { project: id } = useParams({ from: '/frame/judge/projects/$project' });
  const project = useQuery(projectQuery(id));
  return (
    <PageBody>
      <Link to="/judge" search={{ tab: 'projects' }} className="quiet-button -ml-2.5 mb-2">
        <ChevronLeft aria-hidden className="size-4" /> {t.all}
      </Link>
      {project.isError && <ErrorNotice error={project.error} onRetry={() => project.refetch()} />}
      {project.isPending && <Loading what={t.what} />}
      {project.isSuccess && <OpenProject project={project.data} />}
    </PageBody>
  );
}

function OpenProject({ project }: { project: JudgingProject }) {
  const t = useText(text);
  const { tab = 'overview' } = useSearch({ from: '/frame/judge/projects/$project' });
  const navigate = useNavigate();
  const tabs = [
    { value: 'overview', label: t.tabs.overview, panel: <OverviewTab project={project} /> },
    { value: 'items', label: t.tabs.items, panel: <ItemsTab project={project} /> },
    {
      value: 'settings',
      label: t.tabs.settings,
      panel: <SettingsTab key={project.updated_at} project={project} />,
    },
    { value: 'agreement', label: t.tabs.agreement, panel: <AgreementTab project={project} /> },
    { value: 'disagreements', label: t.tabs.disagreements, panel: <DisagreementsTab project={project} /> },
    { value: 'pairs', label: t.tabs.pairs, panel: <PairsTab project={project} /> },
  ] as const;
  return (
    <>
      <PageHead title={project.name} about={t.about(project.judges.length, project.judges_per_item)}>
        <div className="flex flex-wrap items-center gap-2">
          <StatusChip status={project.status} />
          <ProjectActions project={project} />
        </div>
      </PageHead>
      <Tabbed
        label={project.name}
        tabs={tabs}
        value={tab}
        onValue={(value) =>
          void navigate({
            to: '/judge/projects/$project',
            params: { project: project.id },
            search: { tab: value },
            replace: true,
          })
        }
      />
    </>
  );
}
