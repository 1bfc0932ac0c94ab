import * as api from '@attune/contracts';
import { type Route, route } from '../platform/http/route.ts';
import { giveFeedback } from './give-feedback.ts';
import { type ImportConversationsNeeds, importConversations } from './import-conversations.ts';
import { importRatings } from './import-ratings.ts';
import { pageOfFeedback } from './list-feedback.ts';
import { pageOfMyFeedback } from './list-my-feedback.ts';
import { removeFeedback, takeBack } from './remove-feedback.ts';
import { reviewMany, reviewOne } from './review-feedback.ts';
import { type GiveVoiceNeeds, giveVoice } from './voice/give-voice.ts';
import { playAudio } from './voice/play-audio.ts';
import { transcribeAgain } from './voice/transcribe-again.ts';

/** The room's part of the HTTP API. */
export function collectRoutes(needs: GiveVoiceNeeds & ImportConversationsNeeds): Route[] {
  return [
    route(api.giveFeedback, ({ caller, body }) => giveFeedback(needs, caller, body)),
    route(api.listMyFeedback, ({ caller, query }) => pageOfMyFeedback(needs.sql, caller, query)),
    route(api.giveVoiceFeedback, ({ caller, query, body }) => giveVoice(needs, caller, query, body)),
    route(api.takeBackFeedback, async ({ caller, params }) => {
      await takeBack(needs, caller, params.id);
      return { ok: true } as const;
    }),
    route(api.playFeedbackAudio, ({ caller, params, range }) => playAudio(needs, caller, params.id, range)),
    route(api.transcribeFeedbackAudio, ({ caller, params }) => transcribeAgain(needs, caller, params.id)),
    route(api.listFeedback, ({ caller, query }) => pageOfFeedback(needs.sql, caller.organization, query)),
    route(api.updateFeedback, ({ caller, params, body }) => reviewOne(needs, caller, params.id, body)),
    route(api.bulkUpdateFeedback, ({ caller, body }) => reviewMany(needs, caller, body.ids, body.patch)),
    route(api.deleteFeedback, async ({ caller, params }) => {
      await removeFeedback(needs, caller.organization, params.id);
      return { ok: true } as const;
    }),
    route(api.importRatings, ({ caller, body }) => importRatings(needs, caller.organization, body.rows)),
    route(api.importConversations, ({ caller, body }) =>
      importConversations(needs, caller.organization, body.rows),
    ),
  ];
}
