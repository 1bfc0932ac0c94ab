import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageBody } from '../shell/parts/page-body.tsx';
import { PageHead } from '../shell/parts/page-head.tsx';
import { Tabbed } from '../shell/parts/tabbed.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { KeysSettings } from './keys-settings.tsx';
import { MembersSettings } from './members-settings.tsx';
import { OrganizationSettings } from './organization-settings.tsx';
import { text } from './text.ts';
import { YourSettings } from './your-settings.tsx';

/** What can be set: by everybody for themselves, by admins for the organisation. */
export function SettingsPage() {
  const t = useText(text);
  const { role } = useMe();
  const { tab = 'you' } = useSearch({ from: '/frame/settings' });
  const navigate = useNavigate();
  const tabs = [
    { value: 'you', label: t.tabs.you, panel: <YourSettings /> },
    { value: 'organization', label: t.tabs.organization, panel: <OrganizationSettings /> },
    { value: 'members', label: t.tabs.members, panel: <MembersSettings /> },
    { value: 'keys', label: t.tabs.keys, panel: <KeysSettings /> },
  ] as const;
  const shown = mayAct(role, 'admin') ? tabs : tabs.slice(0, 1);
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about} />
      <Tabbed
        label={t.title}
        tabs={shown}
        value={shown.some(({ value }) => value === tab) ? tab : 'you'}
        onValue={(value) => void navigate({ to: '/settings', search: { tab: value }, replace: true })}
      />
    </PageBody>
  );
}
