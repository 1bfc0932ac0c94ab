import { type Said as AllSaid, saysSomething, useFeedback } from '@attune/react';
import { ListChecks, Mic, PencilLine, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../text/use-text.ts';
import type { About } from './about.ts';
import { CorrectionForm } from './correction-form.tsx';
import { DetailsForm } from './details-form.tsx';
import { useFeedbackLabels } from './feedback-labels.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { Reasons } from './reasons.tsx';
import { Said } from './said.tsx';
import { Stars } from './stars.tsx';
import { text } from './text.ts';
import { Thumbs } from './thumbs.tsx';
import { UnsafeReport } from './unsafe-report.tsx';
import { VoiceNotes } from './voice-notes.tsx';

type Form = 'details' | 'correction' | 'voice';

/** Everything one can say about an answer: thumbs and stars in one click, the rest in small forms. */
export function AnswerFeedback({ responseId, known, answer }: About & { answer: string }) {
  const t = useText(text);
  const labels = useFeedbackLabels();
  const { said, pending, kept, problem, say, takeBack, putProblemAway } = useFeedback({ responseId, known });
  const [form, setForm] = useState<Form | null>(null);
  const toggle = (name: Form) => setForm(form === name ? null : name);
  // A form that was saved closes itself, and not the other one that was opened meanwhile.
  const close = (name: Form) => setForm((open) => (open === name ? null : open));
  const opener = (name: Form, icon: ReactNode, says: string) => (
    <button type="button" className="quiet-button" aria-expanded={form === name} onClick={() => toggle(name)}>
      {icon} {says}
    </button>
  );
  return (
    <section aria-label={labels.feedback} className="space-y-3 border-line border-t pt-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Thumbs value={said.thumbs} onThumbs={(thumbs) => void say({ thumbs })} />
        <span aria-hidden className="mx-1 h-5 w-px bg-line" />
        <Stars label={labels.rating} value={said.rating} onRate={(rating) => void say({ rating })} />
        <div className="flex flex-wrap items-center sm:ml-auto">
          {opener('details', <ListChecks aria-hidden className="size-3.5" />, t.details)}
          {opener('correction', <PencilLine aria-hidden className="size-3.5" />, t.correct)}
          {opener('voice', <Mic aria-hidden className="size-3.5" />, t.voice)}
          <UnsafeReport reported={said.unsafe} onSave={say} />
        </div>
      </div>
      {isJudged(said) && (
        <Reasons
          unhappy={isUnhappy(said)}
          chosen={said.reasons}
          onReasons={(reasons) => void say({ reasons })}
        />
      )}
      <div className="flex min-h-8 items-center gap-2 text-faint text-xs">
        <p role="status">{stateText(t, pending, kept && saysSomething(said))}</p>
        {kept && !pending && (
          <button type="button" className="quiet-button" onClick={() => void takeBack()}>
            <Undo2 aria-hidden className="size-3.5" /> {t.takeBack}
          </button>
        )}
      </div>
      <ProblemNotice problem={problem} onDismiss={putProblemAway} />
      {form === 'details' && <DetailsForm said={said} onSave={say} onClose={() => close('details')} />}
      {form === 'correction' && (
        <CorrectionForm
          responseId={responseId}
          answer={answer}
          before={said.correction}
          onSave={say}
          onClose={() => close('correction')}
        />
      )}
      <VoiceNotes responseId={responseId} known={known} recorderShown={form === 'voice'} />
      <Said said={said} answer={answer} hidden={form === 'voice' ? null : form} />
    </section>
  );
}

function isJudged({ thumbs, rating }: AllSaid): boolean {
  return thumbs !== null || rating !== null;
}

function isUnhappy({ thumbs, rating }: AllSaid): boolean {
  return thumbs === 'down' || (rating !== null && rating < 3);
}

function stateText(t: (typeof text)['en'], pending: boolean, said: boolean): string {
  if (pending) return t.saving;
  return said ? t.saved : t.prompt;
}
