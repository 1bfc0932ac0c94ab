import type { AlertKind, AlertRule } from '@attune/contracts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../sql.ts';
import {
  type AlertRow,
  countAgain,
  fire,
  firingOf,
  type NewAlert,
  resolve,
  seeAgain,
} from './alert-store.ts';
import type { Deliveries } from './deliveries.ts';
import type { Finding } from './finding.ts';
import { rulesOf } from './rules.ts';
import { silencedUntil } from './silences.ts';

export interface RaiseNeeds {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  /** Called once per change, on one replica, after it is durable. */
  readonly changed: (organization: string) => void;
}

/** Something that happened, for an alert without figures. */
export interface Happening {
  readonly organization: string;
  readonly kind: AlertKind;
  readonly subject: string;
  readonly rewardModel: string | null;
  readonly feedbackId: string | null;
  readonly message: string;
  /** The number that decided, what it was held against, and observations behind it, where there are such. */
  readonly value?: number | null;
  readonly threshold?: number | null;
  readonly n?: number;
}

/** Fires an alert about something that happened, or counts it where one about the same subject is open. */
export async function raiseHappening(needs: RaiseNeeds, happening: Happening): Promise<void> {
  const { sql, clock } = needs;
  const rule = (await rulesOf(sql, happening.organization))[happening.kind];
  const { value = null, threshold = null, n = 1 } = happening;
  const figures = { value, threshold, n, evidence: [] };
  if (!rule.enabled || (await raise(needs, rule, { ...happening, ...figures }))) return;
  await countAgain(sql, happening, clock.now());
}

/** Does what a finding says: fires, ends, or notes that it was found again. */
export async function applyFinding(
  needs: RaiseNeeds,
  organization: string,
  rule: AlertRule,
  finding: Finding,
  open: AlertRow | undefined,
): Promise<void> {
  if (finding.change === 'resolved') {
    if (open !== undefined) await endAlert(needs, open);
    return;
  }
  if (finding.change === 'firing') {
    await raise(needs, rule, { ...finding, organization, feedbackId: null });
    return;
  }
  if (open !== undefined && isBad(rule, finding))
    await seeAgain(needs.sql, open.id, finding, needs.clock.now());
}

function isBad({ direction }: AlertRule, { value, threshold }: Finding): boolean {
  return direction === 'below' ? value < threshold : value > threshold;
}

type Raised = Omit<NewAlert, 'severity' | 'silencedUntil'>;

/** Whether it fired now: the alert and whom to tell are written together. */
async function raise(needs: RaiseNeeds, rule: AlertRule, alert: Raised): Promise<boolean> {
  const { sql, clock, deliveries, changed } = needs;
  const now = clock.now();
  const silence = await silencedUntil(sql, alert, now);
  const told = await sql.transaction().execute(async (transaction) => {
    const about = { ...alert, severity: rule.severity, silencedUntil: silence };
    const row = await fire(transaction, about, now);
    if (row === undefined) return null;
    return silence === null ? await deliveries.noteBeginning(transaction, row, rule.channels) : [];
  });
  if (told === null) return false;
  changed(alert.organization);
  await deliveries.send(told);
  return true;
}

/** Ends an alert, once. */
export async function endAlert(needs: RaiseNeeds, alert: AlertRow): Promise<void> {
  const { sql, clock, deliveries, changed } = needs;
  const told = await sql.transaction().execute(async (transaction) => {
    const row = await resolve(transaction, alert.id, clock.now());
    return row === undefined ? null : await deliveries.noteEnd(transaction, row);
  });
  if (told === null) return;
  changed(alert.organization);
  await deliveries.send(told);
}

/** Ends whatever fires of some kinds in an organisation. */
export async function endKinds(
  needs: RaiseNeeds,
  organization: string,
  kinds: readonly AlertKind[],
): Promise<void> {
  for (const alert of await firingOf(needs.sql, organization, kinds)) await endAlert(needs, alert);
}
