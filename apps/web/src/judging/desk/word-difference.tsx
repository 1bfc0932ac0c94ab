import { differences } from '@attune/react/headless';
import { useMemo } from 'react';

interface WordDifferenceProps {
  text: string;
  other: string;
}

/** A text in which the words that another one lacks stand out. */
export function WordDifference({ text, other }: WordDifferenceProps) {
  const pieces = useMemo(
    () => differences(other, text).filter(({ change }) => change !== 'removed'),
    [text, other],
  );
  let offset = 0;
  return (
    <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {pieces.map(({ text: piece, change }) => {
        const key = `${change}${offset}`;
        offset += piece.length;
        return change === 'same' ? (
          <span key={key}>{piece}</span>
        ) : (
          <mark key={key} className="rounded-sm bg-warn-wash text-ink underline decoration-warn">
            {piece}
          </mark>
        );
      })}
    </p>
  );
}
