import { createClient } from '@attune/sdk';
import { api } from '../../shell/api.ts';
import type { JudgingServer } from './judging-desk.ts';

/** Its requests go out although the page is closing. */
const parting = createClient({
  url: window.location.origin,
  fetch: (input, init) => fetch(input, { ...init, keepalive: true }),
});

/** The server, as the desk of one project asks it. */
export function deskServer(project: string, onError: (error: unknown) => void): JudgingServer {
  return {
    next: (count) => api.nextToJudge({ query: { project, count } }),
    judge: (id, vote) => api.judge({ params: { id }, body: vote }),
    undo: async () => {
      const { judgements } = await api.recentJudgements({ query: { project } });
      const last = judgements.find(({ can_undo }) => can_undo);
      return last === undefined ? null : api.undoJudgement({ params: { id: last.id } });
    },
    release: () => void parting.releaseJudging({ body: { project } }).catch(onError),
  };
}
