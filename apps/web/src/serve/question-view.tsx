import { ChevronLeft, ChevronRight, PencilLine, RotateCw } from 'lucide-react';
import { Tip } from '../shell/parts/tip.tsx';
import { useText } from '../text/use-text.ts';
import { branchesOf } from './chat.ts';
import { useConversation, useShownChat } from './conversation-view.ts';
import { editing, useEditing } from './question-editing.ts';
import { QuestionEditor } from './question-editor.tsx';
import { text } from './text.ts';
import type { Turn } from './turn.ts';

/** A question, with the other ways in which it was asked. */
export function QuestionView({ turn }: { turn: Turn }) {
  const t = useText(text).turn;
  const isEdited = useEditing(turn.key);
  if (isEdited) return <QuestionEditor turn={turn} onClose={() => editing.end()} />;
  return (
    <div className="flex flex-col items-end gap-1">
      <h2 className="w-fit max-w-[85%] whitespace-pre-wrap rounded-2xl rounded-br-md bg-sunken px-4 py-2.5 [overflow-wrap:anywhere]">
        <span className="sr-only">{t.asked}</span>
        {turn.question}
      </h2>
      <div className="flex min-h-8 items-center gap-0.5">
        <Branches turn={turn} />
        <QuestionActions turn={turn} />
      </div>
    </div>
  );
}

function QuestionActions({ turn }: { turn: Turn }) {
  const t = useText(text).turn;
  const { writing, again } = useConversation();
  if (writing) return null;
  const look =
    'quiet-button size-8 p-0 opacity-0 focus-visible:opacity-100 group-hover/turn:opacity-100 pointer-coarse:opacity-100';
  return (
    <>
      <Tip says={t.edit}>
        <button type="button" aria-label={t.edit} className={look} onClick={() => editing.begin(turn.key)}>
          <PencilLine aria-hidden className="size-3.5" />
        </button>
      </Tip>
      <Tip says={t.again}>
        <button type="button" aria-label={t.again} className={look} onClick={() => void again(turn)}>
          <RotateCw aria-hidden className="size-3.5" />
        </button>
      </Tip>
    </>
  );
}

function Branches({ turn }: { turn: Turn }) {
  const t = useText(text).turn;
  const { chat } = useShownChat();
  const { turnTo, writing } = useConversation();
  const branches = branchesOf(chat, turn);
  if (branches.length < 2) return null;
  const at = branches.findIndex(({ key }) => key === turn.key);
  const step = (to: Turn | undefined, says: string, Icon: typeof ChevronLeft) => (
    <button
      type="button"
      aria-label={says}
      className="quiet-button size-8 p-0"
      disabled={to === undefined || writing}
      onClick={() => to && turnTo(to.key)}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
  return (
    <fieldset aria-label={t.branches} className="flex items-center text-faint text-xs tabular-nums">
      {step(branches[at - 1], t.before, ChevronLeft)}
      <span role="status" aria-label={t.branch(at + 1, branches.length)}>
        {at + 1}/{branches.length}
      </span>
      {step(branches[at + 1], t.after, ChevronRight)}
    </fieldset>
  );
}
