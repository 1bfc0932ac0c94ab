import type { Log } from '../../platform/log.ts';
import type { CollectedFeedback, SafetyReport, Version } from '../collected-feedback.ts';
import type { GivenFeedback } from '../observers.ts';
import { PacedTask } from '../paced-task.ts';
import { alertedFeedback } from './alert-store.ts';
import { endAlertsOf, type JudgeNeeds, judgeVersion, raiseSafetyReport } from './judge-version.ts';

/** Well within a second of the feedback; many feedbacks at once cost one look. */
const PACE = { intervalMs: 150, retryMs: 1000 };
/** How far back a start looks for safety reports that nobody was told about. */
const MISSED_DAYS = 30;

export interface AlertDutyNeeds extends JudgeNeeds {
  readonly log: Log;
  readonly feedback: CollectedFeedback;
}

/** Judges every version that somebody reacted to, soon after they did. What fails is done again. */
export class AlertDuty {
  readonly #needs: AlertDutyNeeds;
  readonly #due = new Map<string, Version>();
  readonly #reports = new Map<string, SafetyReport>();
  readonly #retired = new Map<string, Version>();
  readonly #round: PacedTask;

  constructor(needs: AlertDutyNeeds) {
    this.#needs = needs;
    this.#round = new PacedTask(
      () => this.#workOff(),
      PACE,
      (error) => needs.log.error({ err: error }, 'alerts cannot be judged; trying again'),
    );
  }

  /** Somebody reacted to an answer. */
  recorded(feedback: GivenFeedback): void {
    const { organization, rewardModel, id, safetyReported } = feedback;
    if (safetyReported) this.#reports.set(id, { organization, rewardModel, feedbackId: id });
    this.changed({ organization, rewardModel });
  }

  /** Reactions to a version were added, reviewed or deleted. */
  changed(version: Version): void {
    this.#due.set(keyOf(version), version);
    this.#round.request();
  }

  /** A version lost its traffic. */
  retired(version: Version): void {
    this.#retired.set(keyOf(version), version);
    this.#round.request();
  }

  /** Takes up what came in before a crash and was not judged. */
  async start(): Promise<void> {
    const { feedback, sql, clock } = this.#needs;
    const since = new Date(clock.now().getTime() - MISSED_DAYS * 86_400_000);
    const [versions, reports] = await Promise.all([feedback.versions(), feedback.safetyReports(since)]);
    const known = await alertedFeedback(
      sql,
      reports.map(({ feedbackId }) => feedbackId),
    );
    for (const report of reports) {
      if (!known.has(report.feedbackId)) this.#reports.set(report.feedbackId, report);
    }
    for (const version of versions) this.changed(version);
  }

  stop(): Promise<void> {
    return this.#round.stop();
  }

  async #workOff(): Promise<void> {
    await workOff(this.#reports, (report) => raiseSafetyReport(this.#needs, report));
    await workOff(this.#due, (version) => judgeVersion(this.#needs, version));
    await workOff(this.#retired, (version) => endAlertsOf(this.#needs, version));
  }
}

function keyOf({ organization, rewardModel }: Version): string {
  return JSON.stringify([organization, rewardModel]);
}

/** Takes items off a list one by one; one that fails goes back on it. */
async function workOff<Item>(list: Map<string, Item>, work: (item: Item) => Promise<void>): Promise<void> {
  for (const [key, item] of list) {
    list.delete(key);
    try {
      await work(item);
    } catch (error) {
      if (!list.has(key)) list.set(key, item);
      throw error;
    }
  }
}
