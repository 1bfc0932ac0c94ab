import { lazy, Suspense, useState } from 'react';
import { Details } from './details.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { useAttune } from './provider.tsx';
import { Reasons } from './reasons.tsx';
import { saysSomething } from './said.ts';
import { Stars } from './stars.tsx';
import { Thumbs } from './thumbs.tsx';
import { useFeedback } from './use-feedback.ts';
import type { AboutAnswer } from './use-my-feedback.ts';

// Comparing texts takes as much code as all the rest; it comes when somebody corrects an answer.
const Correction = lazy(async () => ({ default: (await import('./correction.tsx')).Correction }));

type Part = 'thumbs' | 'stars' | 'reasons' | 'details' | 'correction';
const everyPart: readonly Part[] = ['thumbs', 'stars', 'reasons', 'details', 'correction'];

export interface MessageFeedbackProps extends AboutAnswer {
  /** The answer's text; needed for correcting it. */
  answer?: string;
  /** What is asked; all of it unless named. */
  parts?: readonly Part[];
}

/** Feedback on an answer: thumbs and stars in one click, reasons as chips, the rest in small forms. */
export function MessageFeedback({ answer, parts = everyPart, ...about }: MessageFeedbackProps) {
  const { labels } = useAttune();
  const { said, loading, kept, problem, say, takeBack, reload, putProblemAway } = useFeedback(about);
  const [form, setForm] = useState<'details' | 'correction' | null>(null);
  const toggle = (name: 'details' | 'correction') => setForm(form === name ? null : name);
  // A form that was saved closes itself, and not the other one that was opened meanwhile.
  const close = (name: 'details' | 'correction') => setForm((open) => (open === name ? null : open));
  const unhappy = said.thumbs === 'down' || (said.rating !== null && said.rating < 3);

  return (
    <section className="attune-feedback" aria-label={labels.feedback}>
      <div className="attune-row">
        {parts.includes('thumbs') && (
          <Thumbs value={said.thumbs} onChange={(thumbs) => void say({ thumbs })} />
        )}
        {parts.includes('stars') && (
          <Stars label={labels.rating} value={said.rating} onChange={(rating) => void say({ rating })} />
        )}
        {parts.includes('details') && (
          <Opener open={form === 'details'} text={labels.more} onClick={() => toggle('details')} />
        )}
        {parts.includes('correction') && answer !== undefined && (
          <Opener open={form === 'correction'} text={labels.correct} onClick={() => toggle('correction')} />
        )}
        {kept && (
          <button type="button" className="attune-quiet" onClick={() => void takeBack()}>
            {labels.takeBack}
          </button>
        )}
      </div>
      {parts.includes('reasons') && (said.thumbs !== null || said.rating !== null) && (
        <Reasons
          offered={unhappy ? labels.badReasons : labels.goodReasons}
          chosen={said.reasons}
          onChange={(reasons) => void say({ reasons })}
        />
      )}
      {form === 'details' && <Details said={said} onSave={say} onClose={() => close('details')} />}
      {form === 'correction' && answer !== undefined && (
        <Suspense>
          <Correction
            answer={answer}
            before={said.correction}
            onSave={say}
            onClose={() => close('correction')}
          />
        </Suspense>
      )}
      <p role="status" className="attune-status">
        {kept && saysSomething(said) ? labels.thanks : ''}
      </p>
      <ProblemNotice
        problem={problem}
        onDismiss={putProblemAway}
        onRetry={loading === 'failed' ? () => void reload() : undefined}
      />
    </section>
  );
}

function Opener({ open, text, onClick }: { open: boolean; text: string; onClick: () => void }) {
  return (
    <button type="button" className="attune-quiet" aria-expanded={open} onClick={onClick}>
      {text}
    </button>
  );
}
