import { Switch } from '@base-ui/react/switch';

interface ToggleSwitchProps {
  label: string;
  on: boolean;
  onSwitch: (on: boolean) => void;
  disabled?: boolean;
}

/** Something that is on or off, and changes at once. */
export function ToggleSwitch({ label, on, onSwitch, disabled = false }: ToggleSwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control.
    <label className="flex min-h-9 items-center justify-between gap-4 text-sm">
      {label}
      <Switch.Root
        checked={on}
        onCheckedChange={onSwitch}
        disabled={disabled}
        className="h-5.5 w-10 shrink-0 rounded-full bg-edge p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-50"
      >
        <Switch.Thumb className="block size-4.5 rounded-full bg-surface transition-transform data-checked:translate-x-4.5" />
      </Switch.Root>
    </label>
  );
}
