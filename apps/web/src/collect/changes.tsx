import { differences } from '@attune/react';
import { useMemo } from 'react';
import { useFeedbackLabels } from './feedback-labels.ts';

/** What was changed in a text, word by word: struck out where it went, marked where it came. */
export function Changes({ before, after }: { before: string; after: string }) {
  const labels = useFeedbackLabels();
  const pieces = useMemo(() => placed(before, after), [before, after]);
  return (
    <figure aria-label={labels.changes}>
      <figcaption className="eyebrow">{labels.changes}</figcaption>
      <p className="mt-1 whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
        {pieces.map(({ at, text, change }) => {
          if (change === 'same') return <span key={at}>{text}</span>;
          return change === 'added' ? (
            <ins key={at} className="rounded bg-accent-wash text-accent-strong no-underline">
              {text}
            </ins>
          ) : (
            <del key={at} className="rounded bg-bad-wash text-bad">
              {text}
            </del>
          );
        })}
      </p>
    </figure>
  );
}

function placed(before: string, after: string) {
  let at = 0;
  return differences(before, after).map((piece) => {
    at += piece.text.length;
    return { ...piece, at: `${piece.change} ${at}` };
  });
}
