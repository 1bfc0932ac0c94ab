import { endpoints } from '@attune/contracts';
import { type Route, route } from '../../platform/http/route.ts';
import {
  type History,
  myConversation,
  myConversations,
  removeMyConversation,
  renameMyConversation,
} from './history.ts';

/** Routes of people's own conversations. */
export function conversationRoutes(history: History): Route[] {
  return [
    route(endpoints.listConversations, ({ caller, query }) => myConversations(history, caller, query)),
    route(endpoints.getConversation, ({ caller, params, query }) =>
      myConversation(history, caller, params.session_id, query),
    ),
    route(endpoints.renameConversation, ({ caller, params, query, body }) =>
      renameMyConversation(history, caller, params.session_id, { ...body, user_id: query.user_id }),
    ),
    route(endpoints.removeConversation, async ({ caller, params, query }) => {
      await removeMyConversation(history, caller, params.session_id, query.user_id);
      return { ok: true } as const;
    }),
  ];
}
