import type { ConversationSummary } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

interface RenameFieldProps {
  conversation: ConversationSummary;
  onClose: () => void;
}

/** A conversation's title to edit: Enter or leaving the field keeps it, Escape lets it be. */
export function RenameField({ conversation, onClose }: RenameFieldProps) {
  const t = useText(text);
  const [title, setTitle] = useState(conversation.title);
  const queries = useQueryClient();
  const { sayError } = useSay();
  const renaming = useMutation({
    mutationFn: (named: string) =>
      api.renameConversation({
        params: { session_id: conversation.session_id },
        query: {},
        body: { title: named },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conversations'] }),
    onError: sayError,
    onSettled: onClose,
  });
  const keep = () => {
    const named = title.trim();
    if (named === '' || named === conversation.title) onClose();
    else if (!renaming.isPending) renaming.mutate(named);
  };
  return (
    <input
      value={title}
      aria-label={t.title}
      maxLength={200}
      disabled={renaming.isPending}
      className="text-field min-h-8 py-0.5 text-sm"
      // biome-ignore lint/a11y/noAutofocus: somebody asked to write here.
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTitle(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        }
      }}
    />
  );
}
