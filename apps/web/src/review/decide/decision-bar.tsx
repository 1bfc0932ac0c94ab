import {
  Check,
  Flag,
  type LucideIcon,
  PencilLine,
  SkipForward,
  StickyNote,
  Tag,
  Undo2,
  UserRoundPlus,
  X,
} from 'lucide-react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { Tip } from '../../shell/parts/tip.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** What one can do with the item that is looked at. */
export interface Deciding {
  readonly approve: () => void;
  readonly reject: () => void;
  readonly flag: () => void;
  readonly skip: () => void;
  readonly correct: () => void;
  readonly note: () => void;
  readonly tag: () => void;
  readonly assign: () => void;
  readonly undo: () => void;
}

/** The key of each action, everywhere in the queue. */
export const decidingKeys: Readonly<Record<keyof Deciding, string>> = {
  approve: 'a',
  reject: 'r',
  flag: 'f',
  skip: 's',
  correct: 'c',
  note: 'n',
  tag: 't',
  assign: 'g',
  undo: 'u',
};

const icons: Readonly<Record<keyof Deciding, LucideIcon>> = {
  approve: Check,
  reject: X,
  flag: Flag,
  skip: SkipForward,
  correct: PencilLine,
  note: StickyNote,
  tag: Tag,
  assign: UserRoundPlus,
  undo: Undo2,
};

const decisions = ['approve', 'reject', 'flag', 'skip'] as const;
const additions = ['correct', 'note', 'tag', 'assign'] as const;
const looks: Readonly<Record<(typeof decisions)[number], string>> = {
  approve: 'main-button',
  reject: 'line-button text-bad',
  flag: 'line-button text-warn',
  skip: 'line-button',
};

interface DecisionBarProps {
  deciding: Deciding;
  /** Nothing can be decided, as while somebody else holds the item. */
  disabled: boolean;
}

/** Every action with its key, always at the foot of the screen. */
export function DecisionBar({ deciding, disabled }: DecisionBarProps) {
  const t = useText(text).actions;
  return (
    <div
      role="toolbar"
      aria-label={t.label}
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-line border-t bg-surface px-3 py-2 cramped:sticky cramped:bottom-0 sm:px-6"
    >
      <div className="grid w-full grid-cols-4 gap-1.5 sm:flex sm:w-auto">
        {decisions.map((name) => (
          <BarButton
            key={name}
            name={name}
            look={`${looks[name]} max-sm:px-1`}
            disabled={disabled}
            onPress={deciding[name]}
          />
        ))}
      </div>
      <div className="flex w-full justify-between sm:w-auto sm:flex-1 sm:justify-start">
        {additions.map((name) => (
          <BarButton
            key={name}
            name={name}
            look="quiet-button min-h-9 px-1.5"
            disabled={disabled}
            onPress={deciding[name]}
          />
        ))}
        <BarButton name="undo" look="quiet-button min-h-9 px-1.5" disabled={false} onPress={deciding.undo} />
      </div>
    </div>
  );
}

interface BarButtonProps {
  name: keyof Deciding;
  look: string;
  disabled: boolean;
  onPress: () => void;
}

function BarButton({ name, look, disabled, onPress }: BarButtonProps) {
  const t = useText(text).actions;
  const Icon = icons[name];
  return (
    <Tip says={t[name]} keyName={decidingKeys[name]}>
      <button type="button" className={look} disabled={disabled} onClick={onPress}>
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="max-sm:text-xs sm:whitespace-nowrap">{t[name]}</span>
        <span aria-hidden className="hidden pointer-fine:lg:inline">
          <KeyCap name={decidingKeys[name]} />
        </span>
      </button>
    </Tip>
  );
}
