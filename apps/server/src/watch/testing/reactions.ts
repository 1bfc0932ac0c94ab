import type { VersionSums } from '@attune/contracts';
import type { CollectedFeedback, SafetyReport } from '../collected-feedback.ts';

/** Feedback as the collecting room would tell of it, kept in memory; replicas under test share one. */
export interface TestReactions extends CollectedFeedback {
  /** Adds star ratings of a version, oldest first. */
  rate(organization: string, rewardModel: string | null, ratings: readonly number[]): void;
  report(report: SafetyReport): void;
  /** While it says so, nothing can be read, as when the database is away. */
  away: boolean;
}

interface Rated {
  readonly organization: string;
  readonly rewardModel: string | null;
  readonly ratings: number[];
}

/** Makes feedback for tests. */
export function testReactions(): TestReactions {
  const rated: Rated[] = [];
  const reports: SafetyReport[] = [];
  const versionOf = (organization: string, rewardModel: string | null): Rated => {
    const known = rated.find((one) => one.organization === organization && one.rewardModel === rewardModel);
    if (known !== undefined) return known;
    const made = { organization, rewardModel, ratings: [] };
    rated.push(made);
    return made;
  };
  const reactions: TestReactions = {
    away: false,
    rate: (organization, rewardModel, ratings) =>
      void versionOf(organization, rewardModel).ratings.unshift(...ratings.toReversed()),
    report: (report) => void reports.push(report),
    counters: async (organization) => {
      if (reactions.away) throw new Error('away');
      return rated.filter((one) => one.organization === organization).map(countersOf);
    },
    inTraffic: () => ['reward@1.0.0'],
    recentReactions: async (organization, rewardModel, windows) => {
      if (reactions.away) throw new Error('away');
      const { ratings } = versionOf(organization, rewardModel);
      const negative = ratings.slice(0, windows.reactions).map((rating) => rating <= 2);
      return { ratings: ratings.slice(0, windows.ratings), negative };
    },
    judging: async () => ({ running_projects: 0, open_items: 0, done_today: 0 }),
    queue: async () => ({ pending: { value: 0, exact: true }, reserved: 0, done_today: 0 }),
    safetyReports: async () => reports,
    versions: async () => rated,
    ratingTotals: async () =>
      rated.map(({ rewardModel, ratings }) => ({
        rewardModel,
        ratings: ratings.length,
        ratingSum: ratings.reduce((sum, rating) => sum + rating, 0),
      })),
  };
  return reactions;
}

function countersOf({ rewardModel, ratings }: Rated): VersionSums {
  const sum = ratings.reduce((total, rating) => total + rating, 0);
  return {
    reward_model: rewardModel,
    answers: 1,
    last_answer_at: null,
    feedback: ratings.length,
    ratings: ratings.length,
    average_rating: ratings.length === 0 ? null : sum / ratings.length,
    distribution: [0, 0, 0, 0, 0],
    thumbs_up: 0,
    thumbs_down: 0,
    corrections: 0,
    trend: null,
  };
}
