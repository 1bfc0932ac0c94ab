import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { KeyCap } from '../keys/key-cap.tsx';

interface TipProps {
  says: string;
  /** Key that does the same. */
  keyName?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** What is explained; has a name of its own, as no screen reader and no finger sees a tip. */
  children: ReactElement<Record<string, unknown>>;
}

/** Says what something is when one points at it or focuses it. */
export function Tip({ says, keyName, side = 'top', children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="z-60">
          <Tooltip.Popup className="popup flex max-w-64 items-center gap-2 px-2.5 py-1 text-xs">
            {says}
            {keyName !== undefined && <KeyCap name={keyName} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
