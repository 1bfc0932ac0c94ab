import type { VersionCounters } from '@attune/contracts';
import { useState } from 'react';
import { useText } from '../text/use-text.ts';
import { shownVersions } from './shown-versions.ts';
import { text } from './text.ts';
import { VersionCard } from './version-card.tsx';

/** A card per reward model version that is in use; the others on demand. */
export function VersionCards({ versions }: { versions: readonly VersionCounters[] }) {
  const t = useText(text);
  const [all, setAll] = useState(false);
  const { shown, idle } = shownVersions(versions);
  return (
    <>
      {[...shown, ...(all ? idle : [])].map((version) => (
        <VersionCard key={version.reward_model ?? ''} version={version} />
      ))}
      {idle.length > 0 && (
        <button
          type="button"
          className="self-start justify-self-start text-sm text-soft underline"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? t.hideIdle : t.showIdle(idle.length)}
        </button>
      )}
    </>
  );
}
