import type { Member } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ago } from '../shell/parts/ago.tsx';
import { type Column, DataTable } from '../shell/parts/data-table.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { ShowMore } from '../shell/parts/show-more.tsx';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { InviteMember } from './invite-member.tsx';
import { MemberActions } from './member-actions.tsx';
import { MemberRole } from './member-role.tsx';
import { membersQuery } from './members-query.ts';
import { text } from './text.ts';

/** Who belongs to the organisation, and as what. */
export function MembersSettings() {
  const t = useText(text).members;
  const members = useInfiniteQuery(membersQuery);
  if (members.isError) return <ErrorNotice error={members.error} onRetry={() => members.refetch()} />;
  if (members.isPending) return <Loading what={t.what} />;
  return (
    <div className="grid gap-4">
      <div className="flex justify-end">
        <InviteMember />
      </div>
      <MemberTable members={members.data.pages.flatMap(({ items }) => items)} />
      <ShowMore list={members} />
    </div>
  );
}

function MemberTable({ members }: { members: readonly Member[] }) {
  const t = useText(text).members;
  const columns: Column<Member>[] = [
    { key: 'person', label: t.person, cell: (member) => <Person member={member} /> },
    { key: 'role', label: t.role, cell: (member) => <MemberRole member={member} /> },
    {
      key: 'since',
      label: t.since,
      cell: ({ created_at }) => <Ago at={created_at} className="whitespace-nowrap text-faint" />,
    },
    {
      key: 'actions',
      label: t.actions,
      hiddenLabel: true,
      cell: (member) => <MemberActions member={member} />,
    },
  ];
  return <DataTable label={t.list} columns={columns} rows={members} rowKey={({ id }) => id} />;
}

function Person({ member }: { member: Member }) {
  const t = useText(text).members;
  const me = useMe();
  return (
    <>
      <span className="flex items-center gap-2 font-medium">
        {member.name === '' ? member.email : member.name}
        {member.email === me.email && <span className="chip">{t.yourself}</span>}
      </span>
      {member.name !== '' && <span className="block text-faint text-xs">{member.email}</span>}
    </>
  );
}
