import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MessageCircle } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { paletteOpener } from '../../shell/palette/palette-opener.ts';
import { useCommands } from '../../shell/palette/use-commands.ts';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { conversationsQuery } from './conversations-query.ts';
import { removals } from './removals.ts';

/** As many as the first page of the list holds would bury what else the palette offers. */
const OFFERED = 12;

/** Puts one's latest conversations into the command palette, on every page; they are read when it is opened. */
export function RecentConversations() {
  const t = useText(text);
  const { role } = useMe();
  const navigate = useNavigate();
  const wanted = useSyncExternalStore(paletteOpener.watch, paletteOpener.isOpen);
  const removed = useSyncExternalStore(removals.subscribe, removals.all);
  const list = useInfiniteQuery({ ...conversationsQuery(''), enabled: wanted && mayAct(role, 'rater') });
  const latest = (list.data?.pages[0]?.items ?? [])
    .filter(({ session_id }) => !removed.has(session_id))
    .slice(0, OFFERED);
  useCommands(
    latest.map(({ session_id, title }) => ({
      id: `conversation:${session_id}`,
      label: title === '' ? t.untitled : title,
      icon: MessageCircle,
      run: () => void navigate({ to: '/', search: { c: session_id } }),
    })),
    t.history,
  );
  return null;
}
