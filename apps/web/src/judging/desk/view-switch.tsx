import { KeyCap } from '../../shell/keys/key-cap.tsx';

interface ViewSwitchProps {
  label: string;
  on: boolean;
  onSwitch: (on: boolean) => void;
  keyName?: string;
  /** Makes sense on narrow screens too. */
  phone?: boolean;
}

/** A way of looking at the responses, on or off. */
export function ViewSwitch({ label, on, onSwitch, keyName, phone = true }: ViewSwitchProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onSwitch(!on)}
      className={`quiet-button ${on ? 'bg-sunken text-ink' : ''} ${phone ? '' : 'max-md:hidden'}`}
    >
      {label}
      {keyName !== undefined && (
        <span className="contents max-md:hidden">
          <KeyCap name={keyName} />
        </span>
      )}
    </button>
  );
}
