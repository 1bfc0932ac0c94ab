import { endpoints } from '@attune/contracts';
import { storable } from '../../platform/db/storable.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { contextOf } from './context.ts';
import { decide } from './decide.ts';
import { decisionView } from './decision-view.ts';
import { history } from './history.ts';
import { previewDecision } from './preview.ts';
import { progress } from './progress.ts';
import { queuePage } from './queue.ts';
import { release, renew, reserveNext } from './reserve.ts';
import { type ReviewParts, reviewerOf } from './review.ts';
import { reviewingMembers } from './reviewers.ts';
import { tagsInUse } from './tags.ts';
import { undo } from './undo.ts';
import { changeView, removeView, saveView, viewPage } from './views.ts';

/** The routes of the review queue. */
export function reviewRoutes(parts: ReviewParts): Route[] {
  return [...queueRoutes(parts), ...decisionRoutes(parts), ...viewRoutes(parts)];
}

function queueRoutes(parts: ReviewParts): Route[] {
  return [
    route(endpoints.reviewQueue, ({ caller, query }) => {
      const { cursor, limit, order, ...filter } = query;
      return queuePage(parts, reviewerOf(caller), { filter: storable(filter), order, limit, cursor });
    }),
    route(endpoints.reserveNext, ({ caller, body }) =>
      reserveNext(parts, reviewerOf(caller), storable(body)),
    ),
    route(endpoints.renewReservations, ({ caller, body }) => renew(parts, reviewerOf(caller), body.ids)),
    route(endpoints.releaseReservations, ({ caller, body }) => release(parts, reviewerOf(caller), body.ids)),
    route(endpoints.getReviewItem, ({ caller, params }) => contextOf(parts, reviewerOf(caller), params.id)),
    route(endpoints.reviewProgress, ({ caller, query }) => {
      const { since, ...filter } = query;
      const from = since === undefined ? null : new Date(since);
      return progress(parts, reviewerOf(caller), storable(filter), from);
    }),
    route(endpoints.reviewers, async ({ caller }) => ({
      items: await reviewingMembers(parts.db, caller.organization),
    })),
    route(endpoints.reviewTags, async ({ caller }) => ({
      tags: await tagsInUse(parts.db, caller.organization),
    })),
  ];
}

function decisionRoutes(parts: ReviewParts): Route[] {
  return [
    route(endpoints.previewDecision, ({ caller, body }) =>
      previewDecision(parts, reviewerOf(caller), storable(body.filter)),
    ),
    route(endpoints.decideReview, ({ caller, body }) => decide(parts, reviewerOf(caller), storable(body))),
    route(endpoints.getReviewDecision, ({ caller, params }) =>
      decisionView(parts.db, reviewerOf(caller), params.id),
    ),
    route(endpoints.undoReview, ({ caller }) => undo(parts, reviewerOf(caller))),
    route(endpoints.listReviewDecisions, ({ caller, query }) => history(parts.db, reviewerOf(caller), query)),
  ];
}

function viewRoutes(parts: ReviewParts): Route[] {
  return [
    route(endpoints.listReviewViews, ({ caller, query }) => viewPage(parts, reviewerOf(caller), query)),
    route(endpoints.createReviewView, ({ caller, body }) =>
      saveView(parts, reviewerOf(caller), storable(body)),
    ),
    route(endpoints.updateReviewView, ({ caller, params, body }) =>
      changeView(parts, reviewerOf(caller), params.id, storable(body)),
    ),
    route(endpoints.deleteReviewView, ({ caller, params }) =>
      removeView(parts, reviewerOf(caller), params.id),
    ),
  ];
}
