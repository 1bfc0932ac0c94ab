import assert from 'node:assert/strict';
import { type Answer, errorOf, type TestApp } from '../../http/testing/open-test-app.ts';

/** Signs in with the link that an answer carries, as its page does. */
export function signInWith(app: TestApp, link: unknown): Promise<Answer> {
  return app.call('POST', '/api/sign-in', { token: String(link).split('#')[1] }, {});
}

/** The session cookie that a sign-in sets, as a browser sends it back. */
export function cookieOf(answer: Answer): Record<string, string> {
  assert.equal(answer.status, 200, String(errorOf(answer).message));
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

/** Invites a member and signs them in. */
export async function signedIn(
  app: TestApp,
  email: string,
  role: string,
): Promise<{ id: string; cookie: Record<string, string> }> {
  const invited = await app.call('POST', '/api/members', { email, role });
  assert.equal(invited.status, 201, String(errorOf(invited).message));
  const { member, sign_in_url: link } = invited.body;
  const id = typeof member === 'object' && member !== null && 'id' in member ? String(member.id) : '';
  return { id, cookie: cookieOf(await signInWith(app, link)) };
}
