import type { VersionCounters } from '@attune/contracts';
import { VersionCard } from './version-card.tsx';

/** A card per reward model version; what no model chose comes last. */
export function VersionCards({ versions }: { versions: readonly VersionCounters[] }) {
  const ordered = versions.toSorted(
    (a, b) => Number(a.reward_model === null) - Number(b.reward_model === null),
  );
  return ordered.map((version) => <VersionCard key={version.reward_model ?? ''} version={version} />);
}
