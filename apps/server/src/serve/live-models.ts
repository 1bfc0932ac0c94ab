/** A reward model that can score. */
export interface LiveModel {
  readonly modelId: string;
  readonly artifactSha256: string;
}

/** Which reward model scores; ship knows. */
export interface LiveModels {
  /** The model for someone's traffic, always the same for one `stickyId`; null when none is live. Kept in memory. */
  choose(organization: string, stickyId: string): LiveModel | null;
  /** A model by name, id or name@version, live or not. */
  find(organization: string, nameOrId: string): Promise<LiveModel | null>;
}
