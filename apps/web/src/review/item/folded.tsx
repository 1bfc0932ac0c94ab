import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface FoldedProps {
  title: string;
  count: number;
  open: boolean;
  onOpen: (open: boolean) => void;
  children: ReactNode;
}

/** A part of the context under its title with a number; nothing where there is nothing. */
export function Folded({ title, count, open, onOpen, children }: FoldedProps) {
  const id = useId();
  if (count === 0) return null;
  return (
    <section className="border-line border-t">
      <h3>
        <button
          type="button"
          className="flex min-h-11 w-full items-center gap-2 text-left font-medium text-sm hover:text-accent-strong"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => onOpen(!open)}
        >
          <ChevronRight
            aria-hidden
            className={`size-4 text-faint transition-transform ${open ? 'rotate-90' : ''}`}
          />
          {title}
          <span className="chip tabular-nums">{count}</span>
        </button>
      </h3>
      <div id={id} hidden={!open} className="pb-4">
        {open && children}
      </div>
    </section>
  );
}
