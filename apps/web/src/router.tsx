import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { feedbackSearch } from './collect/feedback-search.ts';
import { datasetSearch, datasetView } from './curate/datasets/dataset-search.ts';
import { pairSearch } from './curate/pairs/pair-search.ts';
import { dashboardSearch } from './dashboard/dashboard-search.ts';
import { judgingSearch } from './judging/judging-search.ts';
import { projectSearch } from './judging/projects/project-search.ts';
import { jobSearch, newJobSearch, trainingSearch } from './learn/training-search.ts';
import { reviewSearch } from './review/filter/review-search.ts';
import { AskPage } from './serve/ask-page.tsx';
import { askSearch } from './serve/ask-search.ts';
import { settingsSearch } from './settings/settings-search.ts';
import { CrashPage } from './shell/crash-page.tsx';
import { Frame } from './shell/frame.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { experimentSearch, experimentsSearch } from './ship/experiments/experiment-search.ts';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { alertsSearch } from './watch/alerts/alerts-search.ts';
import { trendsSearch } from './watch/dashboards/trends-search.ts';

const root = createRootRoute({ component: Outlet });
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage });
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame });

const ask = createRoute({
  getParentRoute: () => frame,
  path: '/',
  validateSearch: askSearch,
  component: AskPage,
});
const feedback = createRoute({
  getParentRoute: () => frame,
  path: '/feedback',
  validateSearch: feedbackSearch,
  component: lazyRouteComponent(() => import('./collect/feedback-page.tsx'), 'FeedbackPage'),
});
const pairs = createRoute({
  getParentRoute: () => frame,
  path: '/pairs',
  validateSearch: pairSearch,
  component: lazyRouteComponent(() => import('./curate/pairs/pairs-page.tsx'), 'PairsPage'),
});
const newPair = createRoute({
  getParentRoute: () => frame,
  path: '/pairs/new',
  component: lazyRouteComponent(() => import('./curate/pairs/new-pair-page.tsx'), 'NewPairPage'),
});
const pair = createRoute({
  getParentRoute: () => frame,
  path: '/pairs/$id',
  component: lazyRouteComponent(() => import('./curate/pairs/pair-page.tsx'), 'PairPage'),
});
const datasets = createRoute({
  getParentRoute: () => frame,
  path: '/datasets',
  validateSearch: datasetSearch,
  component: lazyRouteComponent(() => import('./curate/datasets/datasets-page.tsx'), 'DatasetsPage'),
});
const newDataset = createRoute({
  getParentRoute: () => frame,
  path: '/datasets/new',
  component: lazyRouteComponent(() => import('./curate/datasets/new-dataset-page.tsx'), 'NewDatasetPage'),
});
const dataset = createRoute({
  getParentRoute: () => frame,
  path: '/datasets/$id',
  validateSearch: datasetView,
  component: lazyRouteComponent(() => import('./curate/datasets/dataset-page.tsx'), 'DatasetPage'),
});
const importFile = createRoute({
  getParentRoute: () => frame,
  path: '/import',
  component: lazyRouteComponent(() => import('./curate/imports/import-page.tsx'), 'ImportPage'),
});
const training = createRoute({
  getParentRoute: () => frame,
  path: '/training',
  validateSearch: trainingSearch,
  component: lazyRouteComponent(() => import('./learn/training-page.tsx'), 'TrainingPage'),
});
const newJob = createRoute({
  getParentRoute: () => frame,
  path: '/training/new',
  validateSearch: newJobSearch,
  component: lazyRouteComponent(() => import('./learn/new-job/new-job-page.tsx'), 'NewJobPage'),
});
const rules = createRoute({
  getParentRoute: () => frame,
  path: '/training/rules',
  component: lazyRouteComponent(() => import('./learn/rules/rules-page.tsx'), 'RulesPage'),
});
const newRule = createRoute({
  getParentRoute: () => frame,
  path: '/training/rules/new',
  component: lazyRouteComponent(() => import('./learn/rules/new-rule-page.tsx'), 'NewRulePage'),
});
const rule = createRoute({
  getParentRoute: () => frame,
  path: '/training/rules/$id',
  component: lazyRouteComponent(() => import('./learn/rules/rule-page.tsx'), 'RulePage'),
});
const job = createRoute({
  getParentRoute: () => frame,
  path: '/training/$id',
  validateSearch: jobSearch,
  component: lazyRouteComponent(() => import('./learn/job/job-page.tsx'), 'JobPage'),
});
const models = createRoute({
  getParentRoute: () => frame,
  path: '/models',
  component: lazyRouteComponent(() => import('./ship/models-page.tsx'), 'ModelsPage'),
});
const model = createRoute({
  getParentRoute: () => frame,
  path: '/models/$id',
  component: lazyRouteComponent(() => import('./ship/model/model-page.tsx'), 'ModelPage'),
});
const modelDiff = createRoute({
  getParentRoute: () => frame,
  path: '/models/$id/diff/$other',
  component: lazyRouteComponent(() => import('./ship/model/diff-page.tsx'), 'ModelDiffPage'),
});
const deploy = createRoute({
  getParentRoute: () => frame,
  path: '/deploy/$model',
  component: lazyRouteComponent(() => import('./ship/ramp/deploy-page.tsx'), 'DeployPage'),
});
const experiments = createRoute({
  getParentRoute: () => frame,
  path: '/experiments',
  validateSearch: experimentsSearch,
  component: lazyRouteComponent(() => import('./ship/experiments/experiments-page.tsx'), 'ExperimentsPage'),
});
const newExperiment = createRoute({
  getParentRoute: () => frame,
  path: '/experiments/new',
  component: lazyRouteComponent(
    () => import('./ship/experiments/new-experiment/new-experiment-page.tsx'),
    'NewExperimentPage',
  ),
});
const experiment = createRoute({
  getParentRoute: () => frame,
  path: '/experiments/$id',
  validateSearch: experimentSearch,
  component: lazyRouteComponent(
    () => import('./ship/experiments/panel/experiment-page.tsx'),
    'ExperimentPage',
  ),
});
const live = createRoute({
  getParentRoute: () => frame,
  path: '/live',
  component: lazyRouteComponent(() => import('./watch/live-page.tsx'), 'LivePage'),
});
const alerts = createRoute({
  getParentRoute: () => frame,
  path: '/alerts',
  validateSearch: alertsSearch,
  component: lazyRouteComponent(() => import('./watch/alerts/alerts-page.tsx'), 'AlertsPage'),
});
const dashboard = createRoute({
  getParentRoute: () => frame,
  path: '/dashboard',
  validateSearch: dashboardSearch,
  component: lazyRouteComponent(() => import('./dashboard/dashboard-page.tsx'), 'DashboardPage'),
});
const trends = createRoute({
  getParentRoute: () => frame,
  path: '/trends',
  validateSearch: trendsSearch,
  component: lazyRouteComponent(() => import('./watch/dashboards/trends-page.tsx'), 'TrendsPage'),
});
const reports = createRoute({
  getParentRoute: () => frame,
  path: '/reports',
  component: lazyRouteComponent(() => import('./watch/reports/reports-page.tsx'), 'ReportsPage'),
});
const report = createRoute({
  getParentRoute: () => frame,
  path: '/reports/$id',
  component: lazyRouteComponent(() => import('./watch/reports/report-page.tsx'), 'ReportPage'),
});
const review = createRoute({
  getParentRoute: () => frame,
  path: '/review',
  validateSearch: reviewSearch,
  component: lazyRouteComponent(() => import('./review/review-page.tsx'), 'ReviewPage'),
});
const judging = createRoute({
  getParentRoute: () => frame,
  path: '/judge',
  validateSearch: judgingSearch,
  component: lazyRouteComponent(() => import('./judging/judging-page.tsx'), 'JudgingPage'),
});
const desk = createRoute({
  getParentRoute: () => frame,
  path: '/judge/$project',
  component: lazyRouteComponent(() => import('./judging/desk/desk-page.tsx'), 'DeskPage'),
});
const judgingProject = createRoute({
  getParentRoute: () => frame,
  path: '/judge/projects/$project',
  validateSearch: projectSearch,
  component: lazyRouteComponent(() => import('./judging/projects/project-page.tsx'), 'ProjectPage'),
});
const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});

/** Every address of the page. */
export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    frame.addChildren([
      ask,
      feedback,
      review,
      pairs,
      newPair,
      pair,
      datasets,
      newDataset,
      dataset,
      importFile,
      training,
      newJob,
      rules,
      newRule,
      rule,
      job,
      models,
      model,
      modelDiff,
      deploy,
      experiments,
      newExperiment,
      experiment,
      live,
      alerts,
      dashboard,
      trends,
      reports,
      report,
      judging,
      desk,
      judgingProject,
      settings,
    ]),
  ]),
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
