import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { Tabbed } from '../../shell/parts/tabbed.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { AlertHistory } from './alert-history.tsx';
import { Channels } from './channels.tsx';
import { RuleList } from './rule-list.tsx';
import { Silences } from './silences.tsx';

/** Every alert there was, the rules that fire them, silences, and the channels that are told. */
export function AlertsPage() {
  const t = useText(text);
  const { role } = useMe();
  const { tab = 'history' } = useSearch({ from: '/frame/alerts' });
  const navigate = useNavigate();
  const tabs = [
    { value: 'history', label: t.alertTabs.history, panel: <AlertHistory /> },
    { value: 'rules', label: t.alertTabs.rules, panel: <RuleList /> },
    { value: 'silences', label: t.alertTabs.silences, panel: <Silences /> },
    { value: 'channels', label: t.alertTabs.channels, panel: <Channels /> },
  ] as const;
  const shown = mayAct(role, 'admin') ? tabs : tabs.slice(0, 3);
  return (
    <PageBody>
      <Link to="/live" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.title}
      </Link>
      <PageHead title={t.alerts.title} about={t.alerts.about} />
      <Tabbed
        label={t.alerts.title}
        tabs={shown}
        value={shown.some(({ value }) => value === tab) ? tab : 'history'}
        onValue={(value) => void navigate({ to: '/alerts', search: { tab: value }, replace: true })}
      />
    </PageBody>
  );
}
