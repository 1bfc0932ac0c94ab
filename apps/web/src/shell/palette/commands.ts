import type { LucideIcon } from 'lucide-react';
import { OnScreen } from '../on-screen.ts';

/** Something the palette can do. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  /** Key that does the same. */
  readonly keyName?: string;
  readonly run: () => void;
}

/** Commands under a heading; without one they are actions of the page. */
export interface PageCommands {
  readonly heading: string | null;
  readonly commands: readonly Command[];
}

/** What the components on the screen have put into the palette. */
export const pageCommands = new OnScreen<PageCommands>();
