import type { AttuneClient } from '@attune/sdk';

/** A new one-time sign-in link for the organisation's first admin. */
export async function adminLink(client: AttuneClient) {
  const { items } = await client.listMembers({ query: { limit: 200 } });
  const admin = items.find(({ role }) => role === 'admin');
  if (admin === undefined) throw new Error('This organisation has no admin.');
  const { sign_in_url, expires_at } = await client.memberLink({ params: { id: admin.id } });
  return { sign_in_url, expires_at };
}
