import type { LiveCounters } from '@attune/contracts';
import type { Clock } from '../platform/clock.ts';
import type { CollectedFeedback } from './collected-feedback.ts';

/** What the counters are made of. */
export interface LiveCounterNeeds {
  readonly clock: Clock;
  readonly feedback: Pick<CollectedFeedback, 'counters' | 'inTraffic' | 'queue' | 'judging'>;
  readonly openAlerts: (organization: string) => Promise<number>;
}

/** The counters of an organisation as of now. */
export async function liveCounters(needs: LiveCounterNeeds, organization: string): Promise<LiveCounters> {
  const [versions, openAlerts, queue, judging] = await Promise.all([
    needs.feedback.counters(organization),
    needs.openAlerts(organization),
    needs.feedback.queue(organization),
    needs.feedback.judging(organization),
  ]);
  const inTraffic = needs.feedback.inTraffic(organization);
  return {
    at: needs.clock.now().toISOString(),
    answers: versions.reduce((sum, version) => sum + version.answers, 0),
    feedback: versions.reduce((sum, version) => sum + version.feedback, 0),
    open_alerts: openAlerts,
    queue,
    judging,
    versions: versions.map((version) => ({
      ...version,
      in_traffic: version.reward_model !== null && inTraffic.includes(version.reward_model),
    })),
  };
}

/** Whether two counters differ in more than the time they were read at. */
export function differ(a: LiveCounters, b: LiveCounters): boolean {
  return JSON.stringify({ ...a, at: '' }) !== JSON.stringify({ ...b, at: '' });
}
