import { z } from 'zod';
import { IdParams } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { RunEvent } from '../trainer/run-event.ts';
import { RunSpec } from '../trainer/run-spec.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a run away from the server is told whenever it reports. */
const Standing = z.object({
  /** The last event that is stored. */
  last_sequence: z.number().int().min(0),
  /** False when the run is to stop: it was cancelled, has crossed a limit, or another attempt took its place. */
  goes_on: z.boolean(),
});

export const beginRemoteRun = endpoint({
  id: 'beginRemoteRun',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs/:id/run',
  summary: 'For a run away from the server: what it is to do',
  role: 'trainer',
  jobToken: true,
  params: IdParams,
  /** The last event in the folder that the run goes on in; 0 for a new one, whose count begins anew. */
  body: z.object({ last_sequence: z.number().int().min(0) }),
  response: Standing.extend({
    spec: RunSpec,
    /** Files of models that it begins with, to be laid below its folder. */
    inputs: z.array(z.object({ path: z.string(), sha256: Sha256, bytes: z.number().int() })),
  }),
  errors: ['job_not_found', 'dataset_not_found', 'model_not_found'],
});

export const remoteRunData = endpoint({
  id: 'remoteRunData',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/run/data',
  summary: 'For a run away from the server: its data set, whose SHA-256 stands in the spec',
  role: 'trainer',
  jobToken: true,
  params: IdParams,
  response: z.string(),
  answers: 'bytes',
  errors: ['job_not_found', 'dataset_not_found'],
});

export const remoteRunInput = endpoint({
  id: 'remoteRunInput',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/run/inputs/:sha256',
  summary: 'For a run away from the server: a file of a model that it begins with',
  role: 'trainer',
  jobToken: true,
  params: IdParams.extend({ sha256: Sha256 }),
  response: z.string(),
  answers: 'bytes',
  errors: ['job_not_found', 'model_not_found', 'artifact_not_found'],
});

export const reportRun = endpoint({
  id: 'reportRun',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs/:id/run-events',
  summary:
    'For a run away from the server: what happens, in order; an event that is known already counts once',
  role: 'trainer',
  jobToken: true,
  params: IdParams,
  /** None at all is a sign of life. */
  body: z.object({ events: z.array(RunEvent).max(500) }),
  response: Standing,
  errors: ['job_not_found', 'artifact_not_found'],
});

const UploadParams = IdParams.extend({ sha256: Sha256 });
const Upload = z.object({
  /** Bytes that are there; the next part begins here. */
  received: z.number().int().min(0),
  /** The whole file is there, and its checksum right. */
  complete: z.boolean(),
});

export const artifactUpload = endpoint({
  id: 'artifactUpload',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/artifacts/:sha256/upload',
  summary: 'For a run away from the server: how much of a file has arrived',
  role: 'trainer',
  jobToken: true,
  params: UploadParams,
  response: Upload,
  errors: ['job_not_found'],
});

/** Most bytes of one part of an upload. */
export const UPLOAD_PART_BYTES = 4 * 1024 * 1024;
const Part: z.ZodType<Blob, Blob> = z.file();

export const uploadArtifactPart = endpoint({
  id: 'uploadArtifactPart',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs/:id/artifacts/:sha256/upload',
  summary:
    'For a run away from the server: the next part of a file; the last one is checked against its SHA-256',
  role: 'trainer',
  jobToken: true,
  params: UploadParams,
  query: z.object({
    offset: z.coerce.number().int().min(0),
    /** Length of the whole file. */
    total: z.coerce.number().int().min(0),
  }),
  sends: { types: ['application/octet-stream'], maxBytes: UPLOAD_PART_BYTES },
  body: Part,
  response: Upload,
  errors: ['job_not_found', 'upload_out_of_step', 'upload_damaged'],
});
