import type { Role } from '@attune/contracts';
import { Activity, type LucideIcon, MessageCircleQuestion, Package, Star } from 'lucide-react';

export interface Page {
  readonly to: '/' | '/feedback' | '/live' | '/models';
  readonly label: string;
  readonly icon: LucideIcon;
  /** Lowest role that has a use for it. */
  readonly role: Role;
}

/** The pages of the navigation, in the order of the loop. */
export const pages: readonly Page[] = [
  { to: '/', label: 'Ask', icon: MessageCircleQuestion, role: 'viewer' },
  { to: '/feedback', label: 'Feedback', icon: Star, role: 'curator' },
  { to: '/models', label: 'Models', icon: Package, role: 'viewer' },
  { to: '/live', label: 'Live', icon: Activity, role: 'viewer' },
];
