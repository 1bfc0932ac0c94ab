import type { LiveCounters, Role } from '@attune/contracts';
import {
  Activity,
  Database,
  FileText,
  FlaskConical,
  Gauge,
  GitCompareArrows,
  GraduationCap,
  ListChecks,
  type LucideIcon,
  MessageCircleQuestion,
  Package,
  Scale,
  Settings,
  Star,
  TrendingUp,
} from 'lucide-react';
import type { text } from './text.ts';

type Words = (typeof text)['en'];

export interface Page {
  readonly to:
    | '/'
    | '/feedback'
    | '/judge'
    | '/review'
    | '/live'
    | '/pairs'
    | '/datasets'
    | '/training'
    | '/models'
    | '/experiments'
    | '/trends'
    | '/dashboard'
    | '/reports'
    | '/settings';
  readonly name: keyof Words['pages'];
  /** Heading that it stands under; the first page has none. */
  readonly group: keyof Words['groups'] | null;
  readonly icon: LucideIcon;
  /** Lowest role that has a use for it. */
  readonly role: Role;
  /** Also in the bar at the foot of a phone: what is done there on the way. */
  readonly phone?: true;
  /** How much waits there. */
  readonly waiting?: (counters: LiveCounters) => number;
}

/** The pages of the navigation, in the order of the loop. */
export const pages: readonly Page[] = [
  { to: '/', name: 'ask', group: null, icon: MessageCircleQuestion, role: 'viewer', phone: true },
  { to: '/feedback', name: 'feedback', group: 'people', icon: Star, role: 'curator', phone: true },
  {
    to: '/review',
    name: 'review',
    group: 'people',
    icon: ListChecks,
    role: 'curator',
    phone: true,
    waiting: (counters) => counters.queue.pending.value,
  },
  { to: '/judge', name: 'judge', group: 'people', icon: Scale, role: 'rater', phone: true },
  { to: '/pairs', name: 'pairs', group: 'data', icon: GitCompareArrows, role: 'viewer' },
  { to: '/datasets', name: 'datasets', group: 'data', icon: Database, role: 'viewer' },
  { to: '/training', name: 'training', group: 'models', icon: GraduationCap, role: 'viewer' },
  { to: '/models', name: 'models', group: 'models', icon: Package, role: 'viewer' },
  { to: '/experiments', name: 'experiments', group: 'models', icon: FlaskConical, role: 'viewer' },
  {
    to: '/live',
    name: 'live',
    group: 'models',
    icon: Activity,
    role: 'viewer',
    waiting: (counters) => counters.open_alerts,
  },
  { to: '/dashboard', name: 'dashboard', group: 'team', icon: Gauge, role: 'viewer' },
  { to: '/trends', name: 'trends', group: 'team', icon: TrendingUp, role: 'viewer' },
  { to: '/reports', name: 'reports', group: 'team', icon: FileText, role: 'curator' },
  { to: '/settings', name: 'settings', group: 'team', icon: Settings, role: 'viewer' },
];
