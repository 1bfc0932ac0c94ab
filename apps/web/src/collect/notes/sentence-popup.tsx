import { type Passage, sentencesOf } from '@attune/react';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useLanguage } from '../../text/use-text.ts';
import { useFeedbackLabels } from '../feedback-labels.ts';

interface SentencePopupProps {
  text: string;
  onChoose: (passage: Passage) => void;
  onClose: () => void;
}

/** The sentences of an answer to choose from, for those who do not select with a mouse. */
export function SentencePopup({ text, onChoose, onClose }: SentencePopupProps) {
  const labels = useFeedbackLabels();
  const language = useLanguage();
  return (
    <PopupDialog title={labels.choosePassage} open onOpen={(open) => !open && onClose()}>
      <ul className="space-y-1">
        {sentencesOf(text, language).map((passage) => (
          <li key={passage.position.start}>
            <button
              type="button"
              className="w-full rounded-lg px-3 py-2 text-left text-sm hover:bg-sunken"
              onClick={() => onChoose(passage)}
            >
              {passage.quote.exact}
            </button>
          </li>
        ))}
      </ul>
    </PopupDialog>
  );
}
