import type { Clock } from '../platform/clock.ts';
import { type Verdict, verdicts, windows } from './alert-rules.ts';
import type { CollectedFeedback, SafetyReport, Version } from './collected-feedback.ts';
import { type AlertRow, fire, firingFor, type NewAlert, resolve, type Sql } from './store.ts';

export interface RaiseAlertsNeeds {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly feedback: Pick<CollectedFeedback, 'recentReactions'>;
  /** Whether somebody is to be told about alerts. */
  readonly hasWebhook: boolean;
  /** Called once per change, on one replica, after it is durable. */
  readonly changed: (alert: AlertRow) => Promise<void>;
}

/**
 * Judges a version by its last reactions as they stand in the database, so that replicas agree and a restart forgets
 * nothing, and fires or resolves its alerts.
 */
export async function judge(needs: RaiseAlertsNeeds, version: Version): Promise<void> {
  const { organization, rewardModel } = version;
  const [reactions, firing] = await Promise.all([
    needs.feedback.recentReactions(organization, rewardModel, windows),
    firingFor(needs.sql, version),
  ]);
  const kinds = new Set(firing.map(({ kind }) => kind));
  for (const verdict of verdicts(reactions, rewardModel, kinds)) {
    if (verdict.change === 'firing') await raise(needs, alertOf(needs, version, verdict));
    if (verdict.change === 'resolved') await end(needs, firing, verdict);
  }
}

/** Fires the alert of a safety report. */
export async function raiseSafetyReport(needs: RaiseAlertsNeeds, report: SafetyReport): Promise<void> {
  const name = report.rewardModel ?? 'no reward model';
  await raise(needs, {
    ...report,
    kind: 'safety_report',
    message: `A person reports an answer as harmful (chosen by ${name}).`,
    value: null,
    threshold: null,
    n: 1,
    delivered: needs.hasWebhook ? false : null,
  });
}

/** Ends what fires for a version that no longer takes traffic; safety reports stay until somebody has looked. */
export async function endAlertsOf(needs: RaiseAlertsNeeds, version: Version): Promise<void> {
  for (const alert of await firingFor(needs.sql, version)) {
    if (alert.kind !== 'safety_report') await endOne(needs, alert.id);
  }
}

function alertOf(needs: RaiseAlertsNeeds, version: Version, verdict: Verdict): NewAlert {
  const { kind, message, value, threshold, n } = verdict;
  const delivered = needs.hasWebhook ? false : null;
  return { ...version, kind, message, value, threshold, n, feedbackId: null, delivered };
}

async function raise(needs: RaiseAlertsNeeds, alert: NewAlert): Promise<void> {
  const fired = await fire(needs.sql, alert, needs.clock.now());
  if (fired !== undefined) await needs.changed(fired);
}

async function end(needs: RaiseAlertsNeeds, firing: readonly AlertRow[], { kind }: Verdict): Promise<void> {
  for (const alert of firing) if (alert.kind === kind) await endOne(needs, alert.id);
}

async function endOne(needs: RaiseAlertsNeeds, id: string): Promise<void> {
  const ended = await resolve(needs.sql, id, needs.clock.now());
  if (ended !== undefined) await needs.changed(ended);
}
