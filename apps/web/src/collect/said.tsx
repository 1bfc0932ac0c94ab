import { dimensionLabels, dimensionNames } from './dimension-labels.ts';
import type { Statement } from './statement.ts';

/** The dimensions, comment and correction that were given, so that one sees what is on record. */
export function Said({
  statement,
  hidden,
}: {
  statement: Statement;
  hidden: 'details' | 'correction' | null;
}) {
  const { dimensions, comment, correction } = statement;
  const rated = dimensionNames.filter((name) => dimensions[name] !== undefined);
  const details = hidden !== 'details' && (rated.length > 0 || comment !== '');
  return (
    <>
      {details && (
        <div className="space-y-1.5 text-sm">
          {rated.length > 0 && (
            <p className="flex flex-wrap gap-1.5">
              {rated.map((name) => (
                <span key={name} className="chip tabular-nums">
                  {dimensionLabels[name].label} {dimensions[name]}/5
                </span>
              ))}
            </p>
          )}
          {comment !== '' && (
            <p className="whitespace-pre-wrap text-soft [overflow-wrap:anywhere]">“{comment}”</p>
          )}
        </div>
      )}
      {hidden !== 'correction' && correction !== null && (
        <div className="border-accent border-l-2 pl-4">
          <p className="eyebrow">Your correction</p>
          <p className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">{correction}</p>
        </div>
      )}
    </>
  );
}
