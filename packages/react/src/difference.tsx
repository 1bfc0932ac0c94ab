import { useMemo } from 'react';
import { differences } from './differences.ts';

interface DifferenceProps {
  label: string;
  before: string;
  after: string;
}

/** What changed between two texts: removed words struck out, added ones underlined. */
export function Difference({ label, before, after }: DifferenceProps) {
  const pieces = useMemo(() => differences(before, after), [before, after]);
  let offset = 0;
  return (
    <figure className="attune-difference">
      <figcaption>{label}</figcaption>
      <p>
        {pieces.map(({ text, change }) => {
          const key = `${change}${offset}`;
          offset += text.length;
          if (change === 'added') return <ins key={key}>{text}</ins>;
          return change === 'removed' ? <del key={key}>{text}</del> : <span key={key}>{text}</span>;
        })}
      </p>
    </figure>
  );
}
