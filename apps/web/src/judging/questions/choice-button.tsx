import type { ReactNode } from 'react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';

interface ChoiceButtonProps {
  label: string;
  chosen: boolean;
  onChoose: () => void;
  keyName?: string;
  title?: string | undefined;
  children?: ReactNode;
}

/** One of the things that can be chosen as an answer, with its key. */
export function ChoiceButton({ label, chosen, onChoose, keyName, title, children }: ChoiceButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      title={title}
      // The keys of the page go on working after a click: Enter submits instead of pressing the button again.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={`line-button ${chosen ? 'border-accent bg-accent-wash text-accent-strong' : ''}`}
    >
      {children === undefined ? (
        label
      ) : (
        <>
          <span className="sr-only">{label} </span>
          {children}
        </>
      )}
      {keyName !== undefined && (
        <span className="contents max-md:hidden">
          <KeyCap name={keyName} />
        </span>
      )}
    </button>
  );
}
