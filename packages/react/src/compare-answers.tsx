import { type KeyboardEvent, type ReactNode, useId } from 'react';
import type { CompareOffer, Verdict } from './comparison.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { useAttune } from './provider.tsx';
import { useComparison } from './use-comparison.ts';
import type { AboutAnswer } from './use-my-feedback.ts';

export interface CompareAnswersProps extends AboutAnswer {
  /** `attune.compare` of the answer. */
  offer: CompareOffer;
  /** The delivered answer's text. */
  answer: string;
  /** How a text is shown; as plain text unless given. What a model wrote is never to be trusted as HTML. */
  render?: (text: string) => ReactNode;
}

const verdictOfKey: Readonly<Record<string, Verdict>> = {
  '1': 'left',
  '2': 'right',
  '0': 'tie',
  b: 'both_bad',
};

/** Two answers side by side, on the sides that the server drew: which is better? */
export function CompareAnswers({ offer, answer, render = plain, ...about }: CompareAnswersProps) {
  const { labels } = useAttune();
  const { verdict, decide, problem, putProblemAway } = useComparison(about, offer);
  const question = useId();
  const [left, right] = offer.shown === 'left' ? [answer, offer.response] : [offer.response, answer];
  const names: Readonly<Record<Verdict, string>> = {
    left: labels.leftBetter,
    right: labels.rightBetter,
    tie: labels.tie,
    both_bad: labels.bothBad,
  };

  function onKey(event: KeyboardEvent): void {
    const chosen = verdictOfKey[event.key.toLowerCase()];
    if (chosen === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void decide(chosen);
  }

  return (
    <section className="attune-compare" aria-labelledby={question} onKeyDown={onKey}>
      <p id={question} className="attune-question">
        {labels.whichIsBetter}
      </p>
      <div className="attune-sides">
        <article aria-label={labels.left} data-chosen={verdict === 'left'}>
          {render(left)}
        </article>
        <article aria-label={labels.right} data-chosen={verdict === 'right'}>
          {render(right)}
        </article>
      </div>
      <fieldset className="attune-row" aria-labelledby={question}>
        {(['left', 'tie', 'both_bad', 'right'] as const).map((name) => (
          <button
            key={name}
            type="button"
            className="attune-chip"
            aria-pressed={verdict === name}
            onClick={() => void decide(name)}
          >
            {names[name]}
          </button>
        ))}
      </fieldset>
      <p className="attune-status" role="status">
        {verdict === null ? labels.compareKeys : labels.chosen}
      </p>
      <ProblemNotice problem={problem} onDismiss={putProblemAway} />
    </section>
  );
}

function plain(text: string): ReactNode {
  return <div className="attune-text">{text}</div>;
}
