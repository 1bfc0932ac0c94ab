import type { ReviewItem } from '@attune/contracts';
import { saidIn } from '@attune/react/headless';
import type { Ref } from 'react';
import { ChangedText } from '../../collect/changed-text.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { draftNames } from './draft-names.ts';
import { TextEditor } from './text-editor.tsx';

interface CorrectionEditorProps {
  item: ReviewItem;
  unsaved: Ref<HTMLTextAreaElement>;
  onSave: (correction: string) => void;
  onClose: () => void;
}

/** The answer as it should have been, begun from the best text there is, with what was changed beneath. */
export function CorrectionEditor({
  item: { feedback, review },
  unsaved,
  onSave,
  onClose,
}: CorrectionEditorProps) {
  const t = useText(text).correct;
  const initial = review.correction ?? saidIn(feedback).correction ?? feedback.response;
  return (
    <TextEditor
      draft={draftNames.correct(feedback.id)}
      unsaved={unsaved}
      title={t.title}
      label={t.field}
      save={t.save}
      initial={initial}
      maxLength={200_000}
      allows={(correction) => correction !== '' && correction !== feedback.response.trim()}
      onSave={onSave}
      onClose={onClose}
    >
      {(correction) =>
        correction === feedback.response.trim() ? (
          <p className="text-faint text-sm">
            {t.unchanged} {t.about}
          </p>
        ) : (
          <section aria-label={t.preview} className="max-h-60 overflow-y-auto rounded-xl bg-sunken p-3">
            <ChangedText before={feedback.response} after={correction} />
          </section>
        )
      }
    </TextEditor>
  );
}
