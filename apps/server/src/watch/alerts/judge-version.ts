import type { CollectedFeedback, SafetyReport, Version } from '../collected-feedback.ts';
import { type AlertRow, firingOf } from './alert-store.ts';
import { applyFinding, endAlert, type RaiseNeeds, raiseHappening } from './raise.ts';
import { rulesOf } from './rules.ts';
import { versionFindings, versionKinds, windowsOf } from './version-findings.ts';

export interface JudgeNeeds extends RaiseNeeds {
  readonly feedback: Pick<CollectedFeedback, 'recentReactions'>;
}

/** Kinds whose subject is a version, which end with its traffic. */
export const modelKinds = [...versionKinds, 'reward_shift', 'accuracy_fall', 'over_optimisation'] as const;

/**
 * Judges a version by its last reactions as they stand in the database, so that replicas agree and a restart forgets
 * nothing, and fires or resolves its alerts.
 */
export async function judgeVersion(needs: JudgeNeeds, version: Version): Promise<void> {
  const { organization, rewardModel } = version;
  const rules = await rulesOf(needs.sql, organization);
  const enabled = versionKinds.filter((kind) => rules[kind].enabled);
  if (enabled.length === 0) return;
  const [reactions, firing] = await Promise.all([
    needs.feedback.recentReactions(organization, rewardModel, windowsOf(rules)),
    firingFor(needs, version, versionKinds),
  ]);
  const open = new Map<string, AlertRow>(firing.map((alert) => [alert.kind, alert]));
  for (const finding of versionFindings(rules, reactions, rewardModel, new Set(open.keys()))) {
    const rule = rules[finding.kind];
    if (rule.enabled) await applyFinding(needs, organization, rule, finding, open.get(finding.kind));
  }
}

/** Fires the alert of a safety report. */
export async function raiseSafetyReport(needs: RaiseNeeds, report: SafetyReport): Promise<void> {
  const name = report.rewardModel ?? 'no reward model';
  await raiseHappening(needs, {
    ...report,
    kind: 'safety_report',
    subject: report.feedbackId,
    message: `A person reports an answer as harmful (chosen by ${name}).`,
  });
}

/** Ends what fires for a version that no longer takes traffic; safety reports stay until somebody has looked. */
export async function endAlertsOf(needs: RaiseNeeds, version: Version): Promise<void> {
  for (const alert of await firingFor(needs, version, modelKinds)) await endAlert(needs, alert);
}

async function firingFor(
  { sql }: RaiseNeeds,
  { organization, rewardModel }: Version,
  kinds: Parameters<typeof firingOf>[2],
): Promise<AlertRow[]> {
  const firing = await firingOf(sql, organization, kinds);
  return firing.filter(({ subject }) => subject === (rewardModel ?? ''));
}
