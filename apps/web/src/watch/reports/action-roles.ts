import type { ReportCall, Role } from '@attune/contracts';

/** The lowest role that each call lets in; the server decides again. */
export const actionRoles: Readonly<Record<ReportCall['endpoint'], Role>> = {
  rollbackModel: 'trainer',
  endExperiment: 'trainer',
  promoteExperiment: 'trainer',
  runRetraining: 'trainer',
  createRetrainingRule: 'trainer',
  evaluateGates: 'trainer',
  addJudgingItems: 'curator',
  createJudgingProject: 'curator',
  createReviewView: 'curator',
};
