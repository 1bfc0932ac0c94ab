import { alertedSince } from '../alert-store.ts';
import { type RaiseNeeds, raiseHappening } from '../raise.ts';
import type { AlertSources } from './alert-sources.ts';

/** Older losses are no news. */
const NEWS_MS = 7 * 86_400_000;

/** Fires for each job that was lost, once a loss, until somebody has seen it. */
export async function lookForLostJobs(
  needs: RaiseNeeds,
  sources: Pick<AlertSources, 'lostJobs'>,
  organization: string,
): Promise<void> {
  const since = new Date(needs.clock.now().getTime() - NEWS_MS);
  for (const { id, modelName, lostAt, message } of await sources.lostJobs(organization, since)) {
    const about = { organization, kind: 'job_lost', subject: id } as const;
    if (await alertedSince(needs.sql, about, lostAt)) continue;
    const words = `The training of ${modelName} was lost. ${message ?? ''}`.trim();
    await raiseHappening(needs, { ...about, rewardModel: null, feedbackId: null, message: words });
  }
}
