import type { ReviewItem } from '@attune/contracts';
import { saidIn } from '@attune/react/headless';
import { useText } from '../../text/use-text.ts';
import { Changes } from '../item/changes.tsx';
import { text } from '../text.ts';
import { TextEditor } from './text-editor.tsx';

interface CorrectionEditorProps {
  item: ReviewItem;
  onSave: (correction: string) => void;
  onClose: () => void;
}

/** The answer as it should have been, begun from the best text there is, with what was changed beneath. */
export function CorrectionEditor({ item: { feedback, review }, onSave, onClose }: CorrectionEditorProps) {
  const t = useText(text).correct;
  const initial = review.correction ?? saidIn(feedback).correction ?? feedback.response;
  return (
    <TextEditor
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
            <Changes before={feedback.response} after={correction} />
          </section>
        )
      }
    </TextEditor>
  );
}
