import type { Report, ReportAction, ReportCall } from '@attune/contracts';
import { api } from '../../shell/api.ts';

/** Does what a report proposes, by the endpoint that it names, and notes that it was done. */
export async function performAction(reportId: string, { id, call }: ReportAction): Promise<Report> {
  // A second click, or one after the note failed, does nothing twice.
  await perform(call, { idempotencyKey: `report-action-${id}` });
  return await api.noteReportAction({ params: { id: reportId, action: id } });
}

async function perform(call: ReportCall, options: { idempotencyKey: string }): Promise<void> {
  switch (call.endpoint) {
    case 'rollbackModel':
      await api.rollbackModel(call, options);
      return;
    case 'endExperiment':
      await api.endExperiment(call, options);
      return;
    case 'promoteExperiment':
      await api.promoteExperiment(call, options);
      return;
    case 'runRetraining':
      await api.runRetraining(call, options);
      return;
    case 'createRetrainingRule':
      await api.createRetrainingRule(call, options);
      return;
    case 'evaluateGates':
      await api.evaluateGates(call, options);
      return;
    case 'addJudgingItems':
      await api.addJudgingItems(call, options);
      return;
    case 'createJudgingProject':
      await api.createJudgingProject(call, options);
      return;
    case 'createReviewView':
      await api.createReviewView(call, options);
  }
}
