import { differences } from '@attune/react/headless';
import { useMemo } from 'react';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** What changed between two texts, word by word; screen readers hear what was removed and what was added. */
export function ChangedText({ before, after }: { before: string; after: string }) {
  const t = useText(text).changes;
  const pieces = useMemo(() => placed(before, after), [before, after]);
  return (
    <p className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
      {pieces.map(({ at, text: piece, change }) => {
        if (change === 'same') return <span key={at}>{piece}</span>;
        return change === 'added' ? (
          <ins key={at} className="rounded bg-accent-wash text-accent-strong no-underline">
            <span className="sr-only"> [{t.added}: </span>
            {piece}
            <span className="sr-only">] </span>
          </ins>
        ) : (
          <del key={at} className="rounded bg-bad-wash text-bad">
            <span className="sr-only"> [{t.removed}: </span>
            {piece}
            <span className="sr-only">] </span>
          </del>
        );
      })}
    </p>
  );
}

function placed(before: string, after: string) {
  let at = 0;
  return differences(before, after).map((piece) => {
    at += piece.text.length;
    return { ...piece, at: `${piece.change} ${at}` };
  });
}
