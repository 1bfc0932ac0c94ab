import type { VersionCounters } from '@attune/contracts';

/** The versions on the live page: what is in use first, and what nobody uses or has rated apart. */
export interface ShownVersions {
  readonly shown: readonly VersionCounters[];
  /** Neither in traffic nor ever rated: models of trials, shown when asked for. */
  readonly idle: readonly VersionCounters[];
}

/** Those that take traffic first, then by their newest answer; what no model chose comes last. */
export function shownVersions(versions: readonly VersionCounters[]): ShownVersions {
  const ordered = versions.toSorted(
    (a, b) =>
      Number(a.reward_model === null) - Number(b.reward_model === null) ||
      Number(b.in_traffic) - Number(a.in_traffic) ||
      (b.last_answer_at ?? '').localeCompare(a.last_answer_at ?? ''),
  );
  const idle = ordered.filter(isIdle);
  return { shown: ordered.filter((version) => !isIdle(version)), idle };
}

function isIdle({ reward_model, in_traffic, feedback }: VersionCounters): boolean {
  return reward_model !== null && !in_traffic && feedback === 0;
}
