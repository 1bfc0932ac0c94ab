import { Menu } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { KeyCap } from '../keys/key-cap.tsx';

export interface MenuAction {
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly onSelect: () => void;
  /** Key that does the same. */
  readonly keyName?: string;
  readonly disabled?: boolean;
  /** What cannot be taken back stands last, in red. */
  readonly danger?: boolean;
}

/** A button with a menu of things to do. */
export function ActionMenu({
  trigger,
  actions,
}: {
  trigger: ReactElement<Record<string, unknown>>;
  actions: readonly MenuAction[];
}) {
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className="popup min-w-48 p-1.5 outline-none">
            {actions.map((action) => (
              <ActionItem key={action.label} action={action} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function ActionItem({ action }: { action: MenuAction }) {
  const { label, icon: Icon, onSelect, keyName, disabled = false, danger = false } = action;
  return (
    <Menu.Item disabled={disabled} onClick={onSelect} className={`menu-item ${danger ? 'text-bad' : ''}`}>
      {Icon && <Icon aria-hidden className="size-4 opacity-70" />}
      <span className="flex-1">{label}</span>
      {keyName !== undefined && <KeyCap name={keyName} />}
    </Menu.Item>
  );
}
