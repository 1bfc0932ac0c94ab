import { endpoints } from '@attune/contracts';
import type { Caller } from '../platform/http/caller.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Actor, Curate } from './curate.ts';
import { archive, datasetPage, draftDataset, findDataset, toDataset } from './datasets.ts';
import { download } from './download.ts';
import { exportDataset } from './export-dataset.ts';
import { importPairRows } from './pair-import.ts';
import { changePair, pairPage, removePair, writePair } from './pairs.ts';
import { pairsFromFeedback } from './pairs-from-feedback.ts';
import { prepare } from './prepare.ts';
import { storable } from './storable.ts';
import { changeDraft } from './update-dataset.ts';

function actorOf({ organization, principal, email }: Caller): Actor {
  return { organization, principal, email };
}

/** This room's part of the HTTP API. */
export function curateRoutes(curate: Curate): Route[] {
  return [...datasetRoutes(curate), ...pairRoutes(curate)];
}

function datasetRoutes(curate: Curate): Route[] {
  return [
    route(endpoints.createDataset, ({ caller, body }) =>
      draftDataset(curate, actorOf(caller), storable(body)),
    ),
    route(endpoints.listDatasets, ({ caller, query }) => datasetPage(curate, caller.organization, query)),
    route(endpoints.getDataset, async ({ caller, params }) =>
      toDataset(await findDataset(curate, caller.organization, params.id)),
    ),
    route(endpoints.updateDataset, ({ caller, params, body }) =>
      changeDraft(curate, actorOf(caller), params.id, storable(body)),
    ),
    route(endpoints.archiveDataset, ({ caller, params }) => archive(curate, actorOf(caller), params.id)),
    route(endpoints.prepareDataset, ({ caller, body }) => prepare(curate, actorOf(caller), storable(body))),
    route(endpoints.exportDataset, ({ caller, params, body }) =>
      exportDataset(curate, actorOf(caller), params.id, body),
    ),
    route(endpoints.downloadExport, ({ caller, params }) =>
      download(curate, caller.organization, params.id, params.sha256),
    ),
  ];
}

function pairRoutes(curate: Curate): Route[] {
  return [
    route(endpoints.createPair, ({ caller, body }) => writePair(curate, actorOf(caller), storable(body))),
    route(endpoints.listPairs, ({ caller, query }) => pairPage(curate, caller.organization, query)),
    route(endpoints.updatePair, ({ caller, params, body }) =>
      changePair(curate, caller.organization, params.id, storable(body)),
    ),
    route(endpoints.deletePair, ({ caller, params }) => removePair(curate, caller.organization, params.id)),
    route(endpoints.pairsFromFeedback, ({ caller, body }) =>
      pairsFromFeedback(curate, actorOf(caller), body),
    ),
    route(endpoints.importPairs, ({ caller, body }) =>
      importPairRows(curate, actorOf(caller), storable(body.rows)),
    ),
  ];
}
