import { type AttuneClient, createClient } from '@attune/sdk';
import { DEMO_MARK } from '../../platform/demo/demo-marks.ts';
import { adminLink } from '../admin-link.ts';
import type { DemoQuestion } from './corpus.ts';

/** Conversations that the admin finds; each is these many questions of the corpus, one after the other. */
const CONVERSATIONS = [2, 1, 1];
/** Feedback that one call makes pairs of at most. */
const MOST_FEEDBACK = 10_000;

type Asked = Pick<DemoQuestion, 'question'>;

/** What the admin finds on the first sign-in beside the models: conversations of their own, and pairs to look through. */
export async function firstLook(
  client: AttuneClient,
  url: string,
  questions: readonly Asked[],
  feedbackIds: readonly string[],
) {
  const { created } = await client.pairsFromFeedback({
    body: { feedback_ids: feedbackIds.slice(0, MOST_FEEDBACK) },
  });
  const conversations = await asAdmin(client, url, (admin) => converse(admin, questions));
  return { result: null, summary: `${created} pairs from feedback, ${conversations} conversations` };
}

/** Conversations belong to who asks: the admin signs in, asks and signs out, as a person would. */
async function asAdmin<Result>(
  client: AttuneClient,
  url: string,
  work: (admin: AttuneClient) => Promise<Result>,
): Promise<Result> {
  const token = new URL((await adminLink(client)).sign_in_url).hash.slice(1);
  let cookie = '';
  const admin = createClient({
    url,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      if (cookie !== '') headers.set('cookie', cookie);
      const response = await fetch(input, { ...init, headers });
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return response;
    },
  });
  await admin.signIn({ body: { token } });
  try {
    return await work(admin);
  } finally {
    await admin.signOut();
  }
}

/** Holds the conversations that are not there yet; returns how many there are. */
async function converse(admin: AttuneClient, questions: readonly Asked[]): Promise<number> {
  const { items } = await admin.listConversations({ query: { limit: 200 } });
  const held = new Map(items.map(({ session_id, turns }) => [session_id, turns]));
  const ahead = [...questions];
  for (const [number, length] of CONVERSATIONS.entries()) {
    const session_id = `${DEMO_MARK}chat-${number + 1}`;
    const asked = ahead.splice(0, length).map(({ question }) => question);
    for (const content of asked.slice(held.get(session_id) ?? 0)) {
      const messages = [{ role: 'user' as const, content }];
      await admin.chatCompletions({
        body: { model: 'recorded', messages, attune: { threshold: 0, session_id } },
      });
    }
  }
  return CONVERSATIONS.length;
}
