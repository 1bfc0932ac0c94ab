import type { Saying } from '@attune/react';
import { lazy, type SubmitEvent, Suspense, useDeferredValue, useState } from 'react';
import { useDraft } from '../shell/drafts.ts';
import { useText } from '../text/use-text.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { FormEnd } from './form-end.tsx';
import { text } from './text.ts';

const Changes = lazy(async () => ({ default: (await import('./changes.tsx')).Changes }));

interface CorrectionFormProps {
  responseId: string;
  answer: string;
  before: string | null;
  onSave: (saying: Saying) => Promise<boolean>;
  onClose: () => void;
}

/** The answer as text to edit: what it should have said, with what was changed beneath. */
export function CorrectionForm({ responseId, answer, before, onSave, onClose }: CorrectionFormProps) {
  const t = useText(text);
  const labels = useFeedbackLabels();
  const start = before ?? answer;
  const { text: correction, write, finish } = useDraft(`correction:${responseId}`, start);
  const [saving, setSaving] = useState(false);
  const compared = useDeferredValue(correction);

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setSaving(true);
    const taken = await onSave({ correction: correction.trim() });
    setSaving(false);
    if (taken) giveUp();
  };
  const giveUp = () => {
    finish();
    onClose();
  };

  return (
    <form
      aria-label={t.correction}
      className="space-y-3 rounded-xl border border-line p-4"
      onSubmit={(event) => void save(event)}
    >
      <label className="block">
        <span className="mb-1 block text-sm">{labels.correction}</span>
        <textarea
          className="text-field field-sizing-content max-h-96 min-h-32"
          value={correction}
          maxLength={200_000}
          // biome-ignore lint/a11y/noAutofocus: the form opens because somebody asked to write here.
          autoFocus
          onChange={(event) => write(event.target.value)}
        />
      </label>
      <Suspense>{compared.trim() !== answer.trim() && <Changes before={answer} after={compared} />}</Suspense>
      <FormEnd
        saving={saving}
        unchanged={correction.trim() === '' || correction.trim() === start.trim()}
        save={t.saveCorrection}
        onClose={giveUp}
      />
    </form>
  );
}
