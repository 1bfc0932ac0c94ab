import { endpoints } from '@attune/contracts';
import { storable } from '../platform/db/storable.ts';
import type { Caller } from '../platform/http/caller.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Actor, Curate } from './curate.ts';
import { archive, unarchive } from './datasets/archive.ts';
import { datasetCard } from './datasets/card.ts';
import { datasetPage, draftDataset, findDataset, toDataset, versionPage } from './datasets/datasets.ts';
import { diffPage } from './datasets/diff-page.ts';
import { previewDataset } from './datasets/preview-dataset.ts';
import { changeDraft } from './datasets/update-dataset.ts';
import { download } from './exports/download.ts';
import { exportDataset } from './exports/export-dataset.ts';
import { exportPage } from './exports/export-list.ts';
import { previewExport } from './exports/preview-export.ts';
import { dryRun } from './imports/dry-run.ts';
import { importRows } from './imports/import-rows.ts';
import type { Importers } from './imports/importers.ts';
import { checkPair } from './pairs/check-pair.ts';
import { findPair } from './pairs/find-pair.ts';
import { importPairRows } from './pairs/pair-import.ts';
import { pairPage } from './pairs/pair-list.ts';
import { revisionPage } from './pairs/pair-revisions.ts';
import { changePair, removePair, writePair } from './pairs/pairs.ts';
import { pairsFromFeedback } from './pairs/pairs-from-feedback.ts';
import { toPair } from './pairs/to-pair.ts';
import { prepare } from './preparation/prepare.ts';

function actorOf({ organization, principal, email }: Caller): Actor {
  return { organization, principal, email };
}

/** This room's part of the HTTP API. */
export function curateRoutes(curate: Curate, importers: Importers): Route[] {
  return [...datasetRoutes(curate), ...pairRoutes(curate), ...importRoutes(curate, importers)];
}

function importRoutes(curate: Curate, importers: Importers): Route[] {
  return [
    route(endpoints.importDryRun, async ({ body }) => dryRun(body)),
    route(endpoints.importRows, ({ caller, body }) =>
      importRows(curate, importers, actorOf(caller), storable(body)),
    ),
    route(endpoints.importPairs, ({ caller, body }) =>
      importPairRows(curate, actorOf(caller), storable(body.rows)),
    ),
  ];
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
    route(endpoints.unarchiveDataset, ({ caller, params }) => unarchive(curate, actorOf(caller), params.id)),
    route(endpoints.listDatasetVersions, ({ caller, params, query }) =>
      versionPage(curate, caller.organization, params.id, query),
    ),
    route(endpoints.getDatasetCard, ({ caller, params, query }) =>
      datasetCard(curate, caller.organization, params.id, query.language),
    ),
    route(endpoints.diffDatasets, ({ caller, params, query }) =>
      diffPage(curate, caller.organization, params.id, query),
    ),
    route(endpoints.previewDataset, ({ caller, body }) =>
      previewDataset(curate, caller.organization, storable(body)),
    ),
    route(endpoints.prepareDataset, ({ caller, body }) => prepare(curate, actorOf(caller), storable(body))),
    route(endpoints.exportDataset, ({ caller, params, body }) =>
      exportDataset(curate, actorOf(caller), params.id, body),
    ),
    route(endpoints.previewExport, ({ caller, params, body }) =>
      previewExport(curate, caller.organization, params.id, body),
    ),
    route(endpoints.listExports, ({ caller, params, query }) =>
      exportPage(curate, caller.organization, params.id, query),
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
      changePair(curate, actorOf(caller), params.id, storable(body)),
    ),
    route(endpoints.getPair, async ({ caller, params }) =>
      toPair(await findPair(curate, caller.organization, params.id)),
    ),
    route(endpoints.listPairRevisions, ({ caller, params, query }) =>
      revisionPage(curate, caller.organization, params.id, query),
    ),
    route(endpoints.checkPair, ({ caller, body }) => checkPair(curate, caller.organization, storable(body))),
    route(endpoints.deletePair, ({ caller, params }) => removePair(curate, caller.organization, params.id)),
    route(endpoints.pairsFromFeedback, ({ caller, body }) =>
      pairsFromFeedback(curate, actorOf(caller), storable(body)),
    ),
  ];
}
