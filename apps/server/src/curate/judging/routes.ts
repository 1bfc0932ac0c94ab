import { endpoints } from '@attune/contracts';
import { storable } from '../../platform/db/storable.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Actor } from '../curate.ts';
import { addItems } from './add-items.ts';
import { adjudicateItem } from './adjudicate.ts';
import { projectAgreement } from './agreement/project-agreement.ts';
import type { Seat } from './assignment-store.ts';
import { disagreementPage, itemPage, removeItem, showItem } from './items.ts';
import { judgeItem } from './judge-item.ts';
import { makePairs } from './judged-pairs.ts';
import { possibleJudges } from './judges.ts';
import type { Judging } from './judging.ts';
import { guideFor, judgesProjects, lastJudgements, showJudgement } from './my-judging.ts';
import { nextItems, releaseItems } from './next-items.ts';
import { changeProjectSettings, draftProject, projectPage, removeProject, showProject } from './projects.ts';
import { undoJudgement } from './undo-judgement.ts';

function actorOf({ organization, principal, email }: Caller): Actor {
  return { organization, principal, email };
}

function seatOf({ organization, principal }: Caller, project: string): Seat {
  return { organization, project, judge: principal };
}

/** Judging's part of the HTTP API. Fixed paths stand before those with an id in the same place. */
export function judgingRoutes(judging: Judging): Route[] {
  return [...projectRoutes(judging), ...outcomeRoutes(judging), ...judgeRoutes(judging)];
}

function projectRoutes(judging: Judging): Route[] {
  return [
    route(endpoints.createJudgingProject, ({ caller, body }) =>
      draftProject(judging, actorOf(caller), storable(body)),
    ),
    route(endpoints.listJudgingProjects, ({ caller, query }) =>
      projectPage(judging, caller.organization, query),
    ),
    route(endpoints.getJudgingProject, ({ caller, params }) =>
      showProject(judging.db, caller.organization, params.id),
    ),
    route(endpoints.updateJudgingProject, ({ caller, params, body }) =>
      changeProjectSettings(judging, actorOf(caller), params.id, storable(body)),
    ),
    route(endpoints.deleteJudgingProject, ({ caller, params }) =>
      removeProject(judging, actorOf(caller), params.id),
    ),
    route(endpoints.addJudgingItems, ({ caller, params, body }) =>
      addItems(judging, actorOf(caller), params.id, storable(body)),
    ),
    route(endpoints.possibleJudges, ({ caller }) => possibleJudges(judging.db, caller.organization)),
    route(endpoints.listJudgingItems, ({ caller, params, query }) =>
      itemPage(judging, caller.organization, params.id, query),
    ),
    route(endpoints.getJudgingItem, ({ caller, params }) => showItem(judging, caller, params.id)),
    route(endpoints.deleteJudgingItem, ({ caller, params }) =>
      removeItem(judging, caller.organization, params.id),
    ),
  ];
}

function outcomeRoutes(judging: Judging): Route[] {
  return [
    route(endpoints.judgingAgreement, ({ caller, params }) =>
      projectAgreement(judging, caller.organization, params.id),
    ),
    route(endpoints.listDisagreements, ({ caller, params, query }) =>
      disagreementPage(judging, caller, params.id, query),
    ),
    route(endpoints.adjudicate, ({ caller, params, body }) =>
      adjudicateItem(judging, actorOf(caller), params.id, storable(body)),
    ),
    route(endpoints.pairsFromJudging, ({ caller, params, body }) =>
      makePairs(judging, actorOf(caller), params.id, body),
    ),
  ];
}

function judgeRoutes(judging: Judging): Route[] {
  return [
    route(endpoints.judgingGuide, ({ caller, params }) => guideFor(judging, seatOf(caller, params.id))),
    route(endpoints.myJudging, ({ caller }) =>
      judgesProjects(judging, caller.organization, caller.principal),
    ),
    route(endpoints.nextToJudge, ({ caller, query }) =>
      nextItems(judging, caller.organization, caller.principal, query),
    ),
    route(endpoints.recentJudgements, ({ caller, query }) =>
      lastJudgements(judging, seatOf(caller, query.project)),
    ),
    route(endpoints.releaseJudging, ({ caller, body }) =>
      releaseItems(judging, seatOf(caller, body.project)),
    ),
    route(endpoints.judge, ({ caller, params, body }) =>
      judgeItem(judging, caller.organization, caller.principal, params.id, storable(body)),
    ),
    route(endpoints.undoJudgement, ({ caller, params }) =>
      undoJudgement(judging, caller.organization, caller.principal, params.id),
    ),
    route(endpoints.getJudgement, ({ caller, params }) =>
      showJudgement(judging, caller.organization, caller.principal, params.id),
    ),
  ];
}
