/** A reward model that can score. */
export interface LiveModel {
  readonly modelId: string;
  readonly artifactSha256: string;
}

/** Who asks, as far as traffic is divided by it. */
export interface Visitor {
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly responseId: string;
}

/** The arm of an experiment that a visitor is in. */
export interface TrialArm {
  readonly id: string;
  readonly arm: 'control' | 'treatment';
  /** The user or session by which it was assigned. */
  readonly unit: string;
  /** Whether what comes of it counts; not for somebody sent there by hand. */
  readonly counted: boolean;
}

/** Which reward model scores for a visitor, and the experiment that says so. */
export interface ModelChoice {
  readonly model: LiveModel | null;
  readonly trial: TrialArm | null;
}

/** A registered policy, and where it answers. */
export interface LivePolicy {
  readonly modelId: string;
  /** Base URL of an OpenAI-compatible endpoint, and its name for the policy. */
  readonly url: string;
  readonly model: string;
  readonly apiKey: string | null;
}

/** Who answers a visitor; null stands for what the server asks where no policy is registered. */
export interface PolicyChoice {
  readonly policy: LivePolicy | null;
  /** What stands in where that fails. */
  readonly incumbent: LivePolicy | null;
}

/** Which reward model scores, and which policy writes; ship knows. */
export interface LiveModels {
  /** The policy for somebody who asks `attune`; null where no registered one ever had traffic. Kept in memory. */
  choosePolicy(organization: string, visitor: Visitor): PolicyChoice | null;
  /** The model for someone's traffic, always the same for one `stickyId`; null when none is live. Kept in memory. */
  choose(organization: string, stickyId: string): LiveModel | null;
  /** The same for somebody who asks a question, and may take part in an experiment. */
  chooseFor(organization: string, visitor: Visitor): ModelChoice;
  /** A model by name, id or name@version, live or not. */
  find(organization: string, nameOrId: string): Promise<LiveModel | null>;
}
