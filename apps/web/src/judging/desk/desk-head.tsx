import type { JudgingStanding } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

interface DeskHeadProps {
  name: string;
  standing: JudgingStanding | null;
  onUndo: () => void;
  children: ReactNode;
}

/** Where one stands in the project, and what is always at hand. */
export function DeskHead({ name, standing, onUndo, children }: DeskHeadProps) {
  const t = useText(text);
  return (
    <header className="flex shrink-0 items-center gap-x-4 border-line border-b bg-surface px-3 py-2 sm:px-5">
      <Link to="/judge" aria-label={t.back} className="quiet-button -ml-1 px-1.5">
        <ChevronLeft aria-hidden className="size-4.5" />
      </Link>
      <div className="flex min-w-0 flex-1 flex-col gap-x-4 lg:flex-row lg:items-center">
        <p className="min-w-0 truncate font-semibold text-sm lg:max-w-72">{name}</p>
        {standing !== null && <Standing standing={standing} />}
      </div>
      <div className="flex shrink-0 items-center gap-0.5">
        {children}
        <button
          type="button"
          className="quiet-button"
          onMouseDown={(event) => event.preventDefault()}
          onClick={onUndo}
        >
          <Undo2 aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{t.undo}</span>
          <span className="contents max-md:hidden">
            <KeyCap name="u" />
          </span>
        </button>
      </div>
    </header>
  );
}

function Standing({ standing: { phase, training_left, done, left, pace } }: { standing: JudgingStanding }) {
  const t = useText(text);
  if (phase === 'training') {
    return (
      <p className="flex items-center gap-2 text-soft text-sm">
        <span className="chip bg-warn-wash text-warn">{t.training}</span>
        {t.trainingLeft(training_left)}
      </p>
    );
  }
  const facts = [t.done(done), t.left(left), ...(pace === null ? [] : [t.pace(pace)])];
  return (
    <div className="flex min-w-0 shrink-0 items-center gap-3 text-soft text-xs tabular-nums lg:text-sm">
      <progress
        aria-label={t.progress}
        max={Math.max(1, done + left)}
        value={done}
        className="h-1.5 w-24 overflow-hidden rounded-full max-xl:hidden [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
      <p className="truncate">{facts.join(' · ')}</p>
    </div>
  );
}
