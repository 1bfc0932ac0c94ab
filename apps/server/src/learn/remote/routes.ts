import {
  artifactUpload,
  beginRemoteRun,
  remoteRunData,
  remoteRunInput,
  reportRun as reportRunRoute,
  uploadArtifactPart,
} from '@attune/contracts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Learn } from '../learn.ts';
import { addPart, uploadState } from './artifact-upload.ts';
import { beginRun, dataOf, inputOf } from './begin-run.ts';
import { attemptOf } from './remote-attempt.ts';
import { reportRun } from './report-run.ts';

/** What a run away from the server calls, with the token of its job. */
export function remoteRoutes(learn: Learn): Route[] {
  return [
    route(beginRemoteRun, ({ caller, params, body }) =>
      beginRun(learn, attemptOf(caller, params.id), body.last_sequence),
    ),

    route(remoteRunData, async ({ caller, params }) => {
      const { bytes } = await dataOf(learn, attemptOf(caller, params.id));
      return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'application/x-ndjson' } });
    }),

    route(remoteRunInput, ({ caller, params }) =>
      inputOf(learn, attemptOf(caller, params.id), params.sha256),
    ),

    route(reportRunRoute, ({ caller, params, body }) =>
      reportRun(learn, attemptOf(caller, params.id), body.events),
    ),

    route(artifactUpload, ({ caller, params }) =>
      uploadState(learn, attemptOf(caller, params.id), params.sha256),
    ),

    route(uploadArtifactPart, async ({ caller, params, query, body }) =>
      addPart(learn, attemptOf(caller, params.id), params.sha256, {
        ...query,
        bytes: new Uint8Array(await body.arrayBuffer()),
      }),
    ),
  ];
}
