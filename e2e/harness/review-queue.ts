import type { AttuneClient } from '@attune/sdk';

const topics = [
  [
    'How do I reset my password?',
    'Open **Settings**, choose *Security*, and press *Reset password*. A link comes by mail.',
  ],
  [
    'Why was I charged twice this month?',
    'A second charge is often a pending authorisation that disappears within five days.',
  ],
  [
    'Can I export my data as CSV?',
    'Yes:\n\n1. Open *Reports*.\n2. Choose the period.\n3. Press *Export* and pick CSV.',
  ],
  ['Which browsers are supported?', 'The newest two versions of Chrome, Firefox, Edge and Safari.'],
] as const;
const comments = ['Did not help at all.', '', 'Good, but too short.', '', 'Exactly what I needed.'];

/** Puts answers with feedback into the review queue, by different people: one to five stars, comments, a correction. */
export async function seedQueue(client: AttuneClient, count: number): Promise<void> {
  await client.addRecordedAnswers({
    body: {
      items: topics.map(([query, text]) => ({
        query,
        answers: [{ text }, { text: `${text} If that does not work, write to support.` }],
      })),
    },
  });
  for (let index = 0; index < count; index += 1) {
    const [content] = topics[index % topics.length] ?? topics[0];
    const { attune } = await client.chatCompletions({
      body: { model: 'recorded', messages: [{ role: 'user', content }], user: `person-${index}` },
    });
    const correction = index % 7 === 3 ? { correction: `${attune.response} Ask us any time.` } : {};
    const comment = comments[index % comments.length] ?? '';
    await client.giveFeedback({
      body: {
        response_id: attune.response_id,
        user_id: `person-${index}`,
        rating: 1 + (index % 5),
        ...(comment !== '' && { comment }),
        ...correction,
      },
    });
  }
}
