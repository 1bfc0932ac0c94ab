import { type SubmitEvent, useState } from 'react';
import { useText } from '../text/use-text.ts';
import { useConversation } from './conversation-view.ts';
import { sends } from './send-key.ts';
import { text } from './text.ts';
import type { Turn } from './turn.ts';

/** A question to put otherwise: what it was and what followed stays, as a branch beside it. */
export function QuestionEditor({ turn, onClose }: { turn: Turn; onClose: () => void }) {
  const t = useText(text).turn;
  const { reword, writing } = useConversation();
  const [question, setQuestion] = useState(turn.question);
  const ready = question.trim() !== '' && !writing;
  const send = () => {
    if (!ready) return;
    void reword(turn, question.trim());
    onClose();
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={onSubmit} aria-label={t.edit} className="card ml-auto w-full max-w-[85%] p-3">
      <textarea
        value={question}
        aria-label={t.editField}
        className="text-field field-sizing-content max-h-60 min-h-12 resize-none"
        // biome-ignore lint/a11y/noAutofocus: somebody asked to write here.
        autoFocus
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
        onChange={(event) => setQuestion(event.target.value)}
        onKeyDown={(event) => {
          const { key, shiftKey, keyCode } = event;
          const { isComposing } = event.nativeEvent;
          if (key === 'Escape' && !isComposing) onClose();
          if (!sends({ key, shiftKey, keyCode, isComposing })) return;
          event.preventDefault();
          send();
        }}
      />
      <div className="mt-2 flex justify-end gap-2">
        <button type="button" className="quiet-button min-h-9" onClick={onClose}>
          {t.cancel}
        </button>
        <button type="submit" className="main-button" disabled={!ready}>
          {t.editSend}
        </button>
      </div>
    </form>
  );
}
