/** What one member did of one kind. */
export interface Done {
  /** `member:<id>`. */
  readonly principal: string;
  readonly n: number;
  readonly lastAt: Date;
}

type DoneSince = (organization: string, since: Date, limit: number) => Promise<readonly Done[]>;

/** What watching reads of the other rooms for its overview of the team. */
export interface Activity {
  /** What members did, the busiest first. */
  readonly done: {
    readonly feedback: DoneSince;
    readonly reviews: DoneSince;
    readonly judgements: DoneSince;
  };
  /** Who they are; members who left are missing. */
  members(
    organization: string,
    principals: readonly string[],
  ): Promise<readonly { principal: string; name: string; email: string }[]>;
}
