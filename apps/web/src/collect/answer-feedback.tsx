import type { Feedback } from '@attune/contracts';
import { ListChecks, PencilLine } from 'lucide-react';
import { useState } from 'react';
import { CorrectionForm } from './correction-form.tsx';
import { DetailsForm } from './details-form.tsx';
import { Said } from './said.tsx';
import { Stars } from './stars.tsx';
import { saysSomething } from './statement.ts';
import { Thumbs } from './thumbs.tsx';
import { UnsafeReport } from './unsafe-report.tsx';
import { useFeedback } from './use-feedback.ts';

interface AnswerFeedbackProps {
  responseId: string;
  answer: string;
  prompt: string;
  feedback: Feedback | null;
  onSaid: (feedback: Feedback) => void;
}

/** Everything one can say about an answer: thumbs and stars in one click, the rest in small forms. */
export function AnswerFeedback({ responseId, answer, prompt, feedback, onSaid }: AnswerFeedbackProps) {
  const { statement, pending, wish, wishAndWait } = useFeedback(responseId, feedback, onSaid);
  const [form, setForm] = useState<'details' | 'correction' | null>(null);
  const toggle = (name: 'details' | 'correction') => setForm(form === name ? null : name);
  const close = () => setForm(null);
  return (
    <section aria-label="Your feedback" className="space-y-3 border-line border-t pt-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Thumbs value={statement.thumbs} onThumbs={(thumbs) => wish({ thumbs })} />
        <span aria-hidden className="mx-1 h-5 w-px bg-line" />
        <Stars label="Rating" value={statement.rating} onRate={(rating) => wish({ rating })} />
        <div className="flex flex-wrap items-center sm:ml-auto">
          <button
            type="button"
            className="quiet-button"
            aria-expanded={form === 'details'}
            onClick={() => toggle('details')}
          >
            <ListChecks aria-hidden className="size-3.5" /> Details
          </button>
          <button
            type="button"
            className="quiet-button"
            aria-expanded={form === 'correction'}
            onClick={() => toggle('correction')}
          >
            <PencilLine aria-hidden className="size-3.5" /> Correct
          </button>
          <UnsafeReport reported={statement.unsafe} onSave={wishAndWait} />
        </div>
      </div>
      <p role="status" className="text-faint text-xs">
        {stateText(pending, saysSomething(statement), prompt)}
      </p>
      {form === 'details' && <DetailsForm statement={statement} onSave={wishAndWait} onClose={close} />}
      {form === 'correction' && (
        <CorrectionForm answer={answer} statement={statement} onSave={wishAndWait} onClose={close} />
      )}
      <Said statement={statement} hidden={form} />
    </section>
  );
}

function stateText(pending: boolean, said: boolean, prompt: string): string {
  if (pending) return 'Saving…';
  return said ? 'Saved. Thank you.' : prompt;
}
