/** An act worth remembering: jobs, deployments, exports, members, keys, settings. */
export interface AuditAct {
  readonly organization: string;
  /** Principal of the caller, or `system`. */
  readonly actor: string;
  /** Verb, as `model.deployed`. */
  readonly action: string;
  /** What it was done to, as `model:reward@1.0.0`. */
  readonly subject: string;
  readonly details?: Record<string, unknown>;
}

/** The append-only, hash-chained audit log. */
export interface Audit {
  /** Resolves when the entry is durable. */
  record(act: AuditAct): Promise<void>;
}
