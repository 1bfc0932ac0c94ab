import {
  type EndpointId,
  type Endpoints,
  endpoints,
  type ResponseOf,
  type Role,
  type SentBy,
} from '@attune/contracts';
import type { Route } from '../platform/http/route.ts';
import { silentLog } from '../platform/log.ts';

/** What a test sends to an endpoint. */
export interface Sent<Id extends EndpointId> {
  readonly params?: SentBy<Endpoints[Id]>['params'];
  readonly query?: SentBy<Endpoints[Id]>['query'];
  readonly body?: SentBy<Endpoints[Id]>['body'];
}

/** The routes of a room, called as the HTTP server would. */
export interface Calls {
  /** Calls an endpoint as an organisation's trainer (or other role), and checks its answer. @throws AttuneError as the handler does */
  call<Id extends EndpointId>(
    id: Id,
    sent?: Sent<Id>,
    organization?: string,
  ): Promise<ResponseOf<Endpoints[Id]>>;
  /** As `call`, for streams. */
  fetch<Id extends EndpointId>(id: Id, sent?: Sent<Id>, organization?: string): Promise<Response>;
}

/** @param own the organisation that calls where a test names none */
export function callsTo(routes: readonly Route[], own: string, role: Role = 'trainer'): Calls {
  const fetch: Calls['fetch'] = async (id, sent, organization = own) => {
    const route = routes.find(({ endpoint }) => endpoint.id === id);
    if (route === undefined) throw new Error(`the room has no route ${id}`);
    return await route.respond({
      caller: {
        kind: 'member',
        organization,
        role,
        scopes: [],
        principal: 'member:1',
        name: 'Tina Trainer',
        email: 'tina@example.com',
      },
      params: asText(sent?.params),
      query: asText(sent?.query),
      body: sent?.body ?? {},
      requestId: 'test',
      log: silentLog,
      signal: new AbortController().signal,
    });
  };
  const call: Calls['call'] = async (id, sent, organization) => {
    const answer = JSON.parse(await (await fetch(id, sent, organization)).text());
    endpoints[id].response.parse(answer);
    return answer;
  };
  return { call, fetch };
}

function asText(fields: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, String(value)]));
}
