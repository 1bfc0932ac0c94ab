/** A span of time of one reward model. */
export interface ModelSpan {
  readonly organization: string;
  readonly rewardModel: string;
  readonly from: Date;
  readonly to: Date;
}

/** What alerts read of the other rooms and of the machine. */
export interface AlertSources {
  /** How the newest questions since a time fared. */
  recentAnswers(
    organization: string,
    since: Date,
  ): Promise<{ readonly asked: number; readonly failed: number; readonly seconds: readonly number[] }>;
  /** Rewards of the newest answers that a model chose, at most `most`. */
  rewardsIn(span: ModelSpan, most: number): Promise<readonly number[]>;
  /** The rewards of some answers, by response id. */
  rewardsOf(organization: string, responseIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The newest reactions of people to answers of a model, at most `most`. */
  labelsIn(
    span: ModelSpan,
    most: number,
  ): Promise<
    readonly {
      readonly responseId: string;
      readonly rating: number | null;
      readonly positive: boolean | null;
    }[]
  >;
  /** The reward models that take traffic now. */
  inTraffic(organization: string): readonly string[];
  /** This month's budget; the limit is null where there is none. */
  budget(
    organization: string,
  ): Promise<{ readonly limit: number | null; readonly spent: number; readonly committed: number }>;
  /** Jobs that were lost since a time and wait for somebody. */
  lostJobs(
    organization: string,
    since: Date,
  ): Promise<
    readonly {
      readonly id: string;
      readonly modelName: string;
      readonly lostAt: Date;
      readonly message: string | null;
    }[]
  >;
  /** Bytes of the disk under the data folder. */
  disk(): Promise<{ readonly free: number; readonly total: number }>;
}
