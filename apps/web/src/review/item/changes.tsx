import { differences } from '@attune/react/headless';
import { useMemo } from 'react';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** What changed between two texts; screen readers hear what was removed and what was added. */
export function Changes({ before, after }: { before: string; after: string }) {
  const t = useText(text);
  const pieces = useMemo(() => differences(before, after), [before, after]);
  return (
    <p className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
      {pieces.map(({ text: piece, change }, index) => {
        // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces of two texts never move.
        if (change === 'added')
          return (
            <ins key={index} className="rounded bg-accent-wash text-accent-strong no-underline">
              <span className="sr-only"> [{t.said.added}: </span>
              {piece}
              <span className="sr-only">] </span>
            </ins>
          );
        if (change === 'removed')
          return (
            <del key={index} className="rounded bg-bad-wash text-bad">
              <span className="sr-only"> [{t.said.removed}: </span>
              {piece}
              <span className="sr-only">] </span>
            </del>
          );
        return <span key={index}>{piece}</span>;
        // biome-ignore-end lint/suspicious/noArrayIndexKey: the pieces of two texts never move.
      })}
    </p>
  );
}
