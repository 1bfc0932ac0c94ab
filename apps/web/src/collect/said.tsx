import type { Said as AllSaid } from '@attune/react';
import { lazy, Suspense } from 'react';
import { useLanguage, useText } from '../text/use-text.ts';
import { dimensions } from './dimensions.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { wordIn } from './kept-words.ts';
import { text } from './text.ts';

const Changes = lazy(async () => ({ default: (await import('./changes.tsx')).Changes }));

interface SaidProps {
  said: AllSaid;
  /** The answer; a correction is compared with it. */
  answer: string;
  /** What a form shows already. */
  hidden: 'details' | 'correction' | null;
  /** Also the reasons, where there are no chips for them. */
  withReasons?: boolean;
}

/** The dimensions, comment and correction that were given, so that one sees what is on record. */
export function Said({ said, answer, hidden, withReasons = false }: SaidProps) {
  const t = useText(text);
  const labels = useFeedbackLabels();
  const { comment, correction } = said;
  return (
    <>
      {hidden !== 'details' && <Rated said={said} withReasons={withReasons} />}
      {hidden !== 'details' && comment !== '' && (
        <p className="whitespace-pre-wrap text-soft text-sm [overflow-wrap:anywhere]">“{comment}”</p>
      )}
      {hidden !== 'correction' && correction !== null && (
        <div className="space-y-2 border-accent border-l-2 pl-4">
          <div>
            <p className="eyebrow">{t.yourCorrection}</p>
            <p className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">{correction}</p>
          </div>
          <details>
            <summary className="quiet-button -ml-2.5 cursor-pointer">{labels.changes}</summary>
            <Suspense>
              <Changes before={answer} after={correction} />
            </Suspense>
          </details>
        </div>
      )}
    </>
  );
}

function Rated({ said, withReasons }: { said: AllSaid; withReasons: boolean }) {
  const labels = useFeedbackLabels();
  const language = useLanguage();
  const words = [
    ...dimensions
      .filter((name) => said.dimensions[name] !== undefined)
      .map((name) => `${labels.dimensions[name]} ${said.dimensions[name]}/5`),
    ...(withReasons ? said.reasons.map((kept) => wordIn(language, kept)) : []),
  ];
  if (words.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-1.5">
      {words.map((word) => (
        <span key={word} className="chip tabular-nums">
          {word}
        </span>
      ))}
    </p>
  );
}
