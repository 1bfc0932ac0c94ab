import type { AlertKind } from '@attune/contracts';
import { z } from 'zod';
import type { Log } from '../../platform/log.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import { endedSilences, firingOf } from './alert-store.ts';
import type { AlertSources } from './looks/alert-sources.ts';
import { lookAtFeedbackRate } from './looks/feedback-rate.ts';
import { lookAtAccuracy, lookAtOverOptimisation } from './looks/labels.ts';
import { lookAtBudget, lookAtDisk } from './looks/limits.ts';
import type { Look } from './looks/look.ts';
import { lookForLostJobs } from './looks/lost-jobs.ts';
import { lookAtRewards } from './looks/reward-shift.ts';
import { lookAtErrors, lookAtLatency } from './looks/traffic.ts';
import { applyFinding, endAlert, endKinds, type RaiseNeeds } from './raise.ts';
import { type Rules, rulesOf } from './rules.ts';

/** What is looked at every minute, and what once in an hour, as it reads more and moves slowly. */
const looks = {
  minute: { latency_p95: lookAtLatency, error_rate: lookAtErrors, budget: lookAtBudget, disk: lookAtDisk },
  hour: {
    feedback_rate: lookAtFeedbackRate,
    reward_shift: lookAtRewards,
    accuracy_fall: lookAtAccuracy,
    over_optimisation: lookAtOverOptimisation,
  },
} as const satisfies Record<string, Partial<Record<AlertKind, Look>>>;

const LookJob = z.object({
  paces: z.array(z.enum(['minute', 'hour'])),
  /** One organisation; all of them where there is none. */
  organization: z.string().optional(),
});
type LookJob = z.infer<typeof LookJob>;

const QUEUE = 'watch.alert-look';
/** Queues of their own: a schedule waits while the job before it runs. */
const [EVERY_MINUTE, EVERY_HOUR] = ['watch.alert-look-minute', 'watch.alert-look-hour'];

export interface LookNeeds extends RaiseNeeds {
  readonly log: Log;
  readonly queue: Queue;
  readonly sources: AlertSources;
}

/** Looks at what no single event tells: by the clock, once over all replicas. */
export class AlertLooks {
  readonly #needs: LookNeeds;

  constructor(needs: LookNeeds) {
    this.#needs = needs;
    for (const queue of [QUEUE, EVERY_MINUTE, EVERY_HOUR])
      needs.queue.define(queue, ({ data }) => this.#work(LookJob.parse(data)), { timeoutSeconds: 600 });
  }

  async start(): Promise<void> {
    const { queue } = this.#needs;
    await queue.schedule(EVERY_MINUTE, '* * * * *', { paces: ['minute'] });
    await queue.schedule(EVERY_HOUR, '7 * * * *', { paces: ['hour'] });
    await queue.send(QUEUE, { paces: ['minute', 'hour'] }, { key: 'start' });
  }

  /** Looks at everything of an organisation soon. */
  async lookSoon(organization: string): Promise<void> {
    const job: LookJob = { paces: ['minute', 'hour'], organization };
    await this.#needs.queue.send(QUEUE, job);
  }

  async #work({ paces, organization }: LookJob): Promise<void> {
    const { sql, clock, deliveries } = this.#needs;
    const organizations = organization === undefined ? await this.#organizations() : [organization];
    for (const one of organizations) await this.#lookAt(one, paces);
    if (!paces.includes('minute')) return;
    for (const alert of await endedSilences(sql, clock.now())) {
      const { channels } = (await rulesOf(sql, alert.organization))[alert.kind];
      await deliveries.send(await deliveries.noteBeginning(sql, alert, channels));
    }
    await deliveries.sendMissed();
  }

  async #organizations(): Promise<string[]> {
    const rows = await this.#needs.sql.selectFrom('organizations').select('id').orderBy('id').execute();
    return rows.map(({ id }) => id);
  }

  /** One rule that cannot be judged keeps none of the others from it. */
  async #lookAt(organization: string, paces: LookJob['paces']): Promise<void> {
    const { sql, log, sources } = this.#needs;
    const rules = await rulesOf(sql, organization);
    await this.#endWhatIsOff(organization, rules);
    for (const pace of paces) {
      for (const [name, look] of Object.entries(looks[pace])) {
        // The table above has only kinds as keys.
        const kind = name as AlertKind;
        if (!rules[kind].enabled) continue;
        await this.#lookBy(look, organization, rules, kind).catch((error: unknown) =>
          log.error({ err: error, organization, kind }, 'a rule of alerts cannot be judged'),
        );
      }
    }
    if (paces.includes('minute') && rules.job_lost.enabled)
      await lookForLostJobs(this.#needs, sources, organization);
  }

  async #lookBy(look: Look, organization: string, rules: Rules, kind: AlertKind): Promise<void> {
    const { sql, sources, clock } = this.#needs;
    const rule = rules[kind];
    const open = new Map((await firingOf(sql, organization, [kind])).map((alert) => [alert.subject, alert]));
    const stateOf = (subject: string) => (open.has(subject) ? 'firing' : 'quiet');
    const findings = await look({ organization, rule, sql, sources, now: clock.now(), stateOf });
    for (const finding of findings) {
      await applyFinding(this.#needs, organization, rule, finding, open.get(finding.subject));
      open.delete(finding.subject);
    }
    // What is no longer looked at, as a model without traffic, has nothing left to say.
    for (const alert of open.values()) await endAlert(this.#needs, alert);
  }

  async #endWhatIsOff(organization: string, rules: Rules): Promise<void> {
    const off = Object.values(rules).flatMap(({ kind, enabled }) => (enabled ? [] : [kind]));
    if (off.length > 0) await endKinds(this.#needs, organization, off);
  }
}
