import type { ConversationSummary } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { Ellipsis, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ActionMenu } from '../../shell/parts/action-menu.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { RenameField } from './rename-field.tsx';

interface ConversationRowProps {
  conversation: ConversationSummary;
  isCurrent: boolean;
  onOpened: (() => void) | undefined;
  onRemove: () => void;
}

/** A conversation in the list: opened by its title, named and removed by its menu. */
export function ConversationRow({ conversation, isCurrent, onOpened, onRemove }: ConversationRowProps) {
  const t = useText(text);
  const [naming, setNaming] = useState(false);
  if (naming) {
    return (
      <li className="px-1 py-0.5">
        <RenameField conversation={conversation} onClose={() => setNaming(false)} />
      </li>
    );
  }
  return (
    <li
      className={`group flex items-center rounded-lg ${isCurrent ? 'bg-accent-wash' : 'focus-within:bg-sunken hover:bg-sunken'}`}
    >
      <Link
        to="/"
        search={{ c: conversation.session_id }}
        aria-current={isCurrent ? 'page' : undefined}
        title={conversation.title}
        className={`min-w-0 flex-1 truncate py-1.5 pl-2.5 text-sm ${isCurrent ? 'font-medium text-accent-strong' : 'text-soft'}`}
        onClick={onOpened}
      >
        {conversation.title === '' ? t.untitled : conversation.title}
      </Link>
      <ActionMenu
        trigger={
          <button
            type="button"
            aria-label={t.actionsOf(conversation.title)}
            className="quiet-button size-8 shrink-0 p-0 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100"
          >
            <Ellipsis aria-hidden className="size-4" />
          </button>
        }
        actions={[
          { label: t.rename, icon: PencilLine, onSelect: () => setNaming(true) },
          { label: t.remove, icon: Trash2, danger: true, onSelect: onRemove },
        ]}
      />
    </li>
  );
}
