import { MessageSquarePlus } from 'lucide-react';
import { useState } from 'react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** A remark beside the answers, folded away until it is wanted. */
export function CommentField({
  comment,
  onComment,
}: {
  comment: string;
  onComment: (comment: string) => void;
}) {
  const t = useText(text);
  const [open, setOpen] = useState(comment !== '');
  useKeys({ c: { says: t.addComment, does: () => setOpen(true) } }, { help: t.keys.title });
  if (!open) {
    return (
      <button type="button" className="quiet-button mr-auto min-h-9" onClick={() => setOpen(true)}>
        <MessageSquarePlus aria-hidden className="size-4" /> {t.addComment}
        <span className="contents max-md:hidden">
          <KeyCap name="c" />
        </span>
      </button>
    );
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it was just asked for.
      autoFocus={comment === ''}
      aria-label={t.comment}
      placeholder={t.commentHint}
      maxLength={5000}
      className="text-field mr-auto min-w-0 flex-1 basis-60 py-1.5"
      value={comment}
      onChange={(event) => onComment(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== 'Enter') return;
        event.preventDefault();
        event.currentTarget.blur();
      }}
    />
  );
}
