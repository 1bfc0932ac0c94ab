import type { MyFeedbackState } from './my-feedback.ts';
import { type Said, saidAfter, saidIn } from './said.ts';

/** What a person said of the whole answer, with what is still on its way to the server. */
export function saidOfAnswer({ kept, wishes }: MyFeedbackState): Said {
  let said = saidIn(kept.get('answer') ?? null);
  for (const wish of wishes.get('answer') ?? []) {
    said = 'takeBack' in wish ? saidIn(null) : saidAfter(said, wish.say);
  }
  return said;
}
