/** What kind of failure it is, as OpenAI clients know it from `error.type`. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'conflict_error'
  | 'rate_limit_error'
  | 'upstream_error'
  | 'server_error';

interface CatalogueEntry {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 502 | 503 | 504;
  readonly type: ErrorType;
  /** What is wrong. */
  readonly message: string;
  /** What the caller can do about it. */
  readonly hint: string;
}

/** Every error a caller can see. Codes are stable; messages and hints may be sharpened. */
export const errorCatalogue = {
  malformed_json: {
    status: 400,
    type: 'invalid_request_error',
    message: 'The request body is not valid JSON.',
    hint: 'Send a JSON object with the header `content-type: application/json`.',
  },
  invalid_request: {
    status: 422,
    type: 'invalid_request_error',
    message: 'A field of the request is missing or has the wrong type or range.',
    hint: 'Correct the field named in `param`; /openapi.json describes every request.',
  },
  body_too_large: {
    status: 413,
    type: 'invalid_request_error',
    message: 'The request body is larger than this server accepts.',
    hint: 'Send it in smaller parts, or raise ATTUNE_MAX_BODY_BYTES.',
  },
  unsupported_media_type: {
    status: 415,
    type: 'invalid_request_error',
    message: 'The content type of the request is not supported here.',
    hint: 'Send `content-type: application/json`, or one of the types that /openapi.json names for the route.',
  },
  invalid_cursor: {
    status: 400,
    type: 'invalid_request_error',
    message: 'The cursor does not belong to this list.',
    hint: 'Start again without `cursor`, then pass `next_cursor` from the answer unchanged.',
  },
  unauthenticated: {
    status: 401,
    type: 'authentication_error',
    message: 'No valid API key, session or feedback token came with the request.',
    hint: 'Send `authorization: Bearer <key>` (an admin creates keys with POST /api/keys), or sign in by a link from `attune admin-link`.',
  },
  sign_in_link_invalid: {
    status: 401,
    type: 'authentication_error',
    message: 'This sign-in link was used already or has expired.',
    hint: 'Run `attune admin-link` on the server machine for a new one.',
  },
  forbidden: {
    status: 403,
    type: 'permission_error',
    message: 'Your role or the scopes of your key do not allow this.',
    hint: 'Ask an admin for a higher role, or use a key with the scope named in `param`.',
  },
  origin_not_allowed: {
    status: 403,
    type: 'permission_error',
    message: 'The request comes from another web page than Attune itself.',
    hint: 'Call from the same origin, or use an API key or a feedback token instead of the session cookie.',
  },
  route_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'There is nothing at this address.',
    hint: 'See /docs for every route.',
  },
  response_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No answer with this response_id exists in your organisation.',
    hint: 'Use the `attune.response_id` that came with the answer.',
  },
  feedback_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No feedback with this id exists in your organisation.',
    hint: 'List feedback with GET /api/feedback.',
  },
  conversation_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'You have no conversation with this session_id.',
    hint: 'List yours with GET /api/conversations.',
  },
  dataset_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No data set with this id exists in your organisation.',
    hint: 'List data sets with GET /api/training-datasets.',
  },
  pair_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No preference pair with this id exists in your organisation.',
    hint: 'List pairs with GET /api/preference-pairs.',
  },
  job_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No job with this id exists in your organisation.',
    hint: 'List jobs with GET /api/fine-tuning/jobs.',
  },
  retraining_rule_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No retraining rule with this id exists in your organisation.',
    hint: 'List rules with GET /api/retraining-rules.',
  },
  model_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No model with this name or id exists here.',
    hint: 'GET /v1/models lists what can answer, GET /api/models what has been trained.',
  },
  document_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No document with this id exists in your organisation.',
    hint: 'List documents with GET /api/documents.',
  },
  member_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No member with this id exists in your organisation.',
    hint: 'List members with GET /api/members.',
  },
  key_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No API key with this id exists in your organisation.',
    hint: 'List keys with GET /api/keys.',
  },
  alert_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No alert with this id exists in your organisation.',
    hint: 'List alerts with GET /api/alerts.',
  },
  alert_channel_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No alert channel with this id exists in your organisation.',
    hint: 'List channels with GET /api/alert-channels.',
  },
  alert_channels_full: {
    status: 409,
    type: 'conflict_error',
    message: 'An organisation has at most 20 alert channels.',
    hint: 'Remove one that is no longer used.',
  },
  alert_silence_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No silence with this id is active in your organisation.',
    hint: 'List silences with GET /api/alert-silences.',
  },
  report_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No report with this id, or none that proposes this action, exists in your organisation.',
    hint: 'List reports with GET /api/reports.',
  },
  artifact_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'This artifact is not there.',
    hint: 'Export the data set or train the model again.',
  },
  lineage_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'Nothing of this kind and id exists in your organisation.',
    hint: 'Kinds are answer, feedback, judgement, pair, dataset, export, job and model.',
  },
  judging_project_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No judging project with this id exists in your organisation.',
    hint: 'List projects with GET /api/judging/projects, your own with GET /api/judging/mine.',
  },
  judging_item_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No judging item with this id exists in your organisation.',
    hint: 'List items with GET /api/judging/projects/:id/items.',
  },
  judgement_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No item with this id is kept for you or was judged by you.',
    hint: 'Get your next item with GET /api/judging/next.',
  },
  not_a_judge: {
    status: 403,
    type: 'permission_error',
    message: 'You are not among the judges of this project.',
    hint: 'Ask a curator to add you to its judges.',
  },
  judging_project_fixed: {
    status: 409,
    type: 'conflict_error',
    message: 'This can no longer be changed: people have begun to judge.',
    hint: 'Start a new project with the changed questions or items.',
  },
  judging_not_ready: {
    status: 409,
    type: 'conflict_error',
    message: 'The project cannot take this status now.',
    hint: 'To run, it needs items and at least as many judges as votes for each item.',
  },
  judging_not_running: {
    status: 409,
    type: 'conflict_error',
    message: 'The project is not running, so nobody can judge or take back now.',
    hint: 'Nothing was lost. Try again when a curator has resumed it.',
  },
  judging_reservation_lost: {
    status: 409,
    type: 'conflict_error',
    message: 'This item was kept for you too long ago, and others have judged it meanwhile.',
    hint: 'Go on with the next item.',
  },
  judging_answer_invalid: {
    status: 422,
    type: 'invalid_request_error',
    message: 'An answer does not fit its question.',
    hint: 'Correct the answer named in `param`; GET /api/judging/projects/:id/guide has the questions.',
  },
  judgement_final: {
    status: 409,
    type: 'conflict_error',
    message: 'This judgement can no longer be changed.',
    hint: 'Only the last ten can be taken back, before their outcome was shown or decided.',
  },
  decision_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'No review decision with this id exists in your organisation.',
    hint: 'List decisions with GET /api/review/history.',
  },
  view_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'You have no saved view with this id.',
    hint: 'List views with GET /api/review/views; only their owner changes them.',
  },
  item_reserved_by_other: {
    status: 409,
    type: 'conflict_error',
    message: 'Somebody else is reviewing this item.',
    hint: 'Go on with POST /api/review/next; the item is free again when they decide, release it or stop.',
  },
  review_set_changed: {
    status: 409,
    type: 'conflict_error',
    message: 'What the filter matches has changed since the preview.',
    hint: 'Look at a new preview: POST /api/review/preview.',
  },
  nothing_to_undo: {
    status: 409,
    type: 'conflict_error',
    message: 'There is no decision of yours to take back.',
    hint: 'The last ten decisions can be taken back; GET /api/review/history lists them.',
  },
  review_too_many: {
    status: 422,
    type: 'invalid_request_error',
    message: 'The filter matches more than 100,000 items, too many for one decision.',
    hint: 'Narrow the filter, by dates for instance, and decide in several steps.',
  },
  idempotency_conflict: {
    status: 409,
    type: 'conflict_error',
    message: 'This Idempotency-Key was used for a different request.',
    hint: 'Use a new key for a new request; repeat a key only with the same body.',
  },
  dataset_frozen: {
    status: 409,
    type: 'conflict_error',
    message: 'This data set is frozen and can no longer change.',
    hint: 'Create a new version of it.',
  },
  dataset_not_ready: {
    status: 409,
    type: 'conflict_error',
    message: 'This data set is not frozen yet.',
    hint: 'Freeze it first: PATCH with `status: "ready"`.',
  },
  dataset_damaged: {
    status: 409,
    type: 'conflict_error',
    message: 'The stored rows of this data set are damaged: they are not those that were frozen.',
    hint: 'Restore the file that the message names from a backup, or make the data set again. Check the disk.',
  },
  pair_changed: {
    status: 409,
    type: 'conflict_error',
    message: 'Somebody else changed this pair since it was read.',
    hint: 'Compare with `current`, the pair as it is now, and send the change again with its version.',
  },
  job_not_running: {
    status: 409,
    type: 'conflict_error',
    message: 'This job has already ended.',
    hint: 'Start a new job.',
  },
  trainer_missing: {
    status: 409,
    type: 'conflict_error',
    message: 'The trainer, which runs PyTorch recipes, is not installed on this machine.',
    hint: 'Run `./attune trainer install` on the server machine, or set ATTUNE_TRAINER_PYTHON.',
  },
  upload_out_of_step: {
    status: 409,
    type: 'conflict_error',
    message: 'The part does not begin where the parts before it end.',
    hint: 'Ask with GET how much has arrived and go on from there.',
  },
  upload_damaged: {
    status: 422,
    type: 'invalid_request_error',
    message: 'The uploaded file does not have the checksum that it was announced with; it was thrown away.',
    hint: 'Send it again from its first byte.',
  },
  cluster_missing: {
    status: 409,
    type: 'conflict_error',
    message: 'No Ray cluster is set up for training.',
    hint: 'Set ATTUNE_RAY_URL to the address of its dashboard, or choose the runner `local`.',
  },
  retraining_rule_exists: {
    status: 409,
    type: 'conflict_error',
    message: 'There is a retraining rule with this name already.',
    hint: 'Choose another name, or change the rule that has it.',
  },
  retraining_running: {
    status: 409,
    type: 'conflict_error',
    message: 'A run of this rule is under way.',
    hint: 'Wait until it has ended, or cancel its training job.',
  },
  budget_exceeded: {
    status: 409,
    type: 'conflict_error',
    message: 'This job could cost more than is left of the budget for this month.',
    hint: 'Lower `max_hours`, or let an admin raise the budget with PATCH /api/budget.',
  },
  gates_failed: {
    status: 409,
    type: 'conflict_error',
    message: 'Gates refuse this deployment.',
    hint: 'See GET /api/models/:id/gates for what was measured. An admin deploys it all the same with `force` and a `reason`.',
  },
  model_not_deployable: {
    status: 409,
    type: 'conflict_error',
    message: 'This model cannot be deployed.',
    hint: 'Only a model that is not archived can take traffic: a reward model whose file can be read, or a policy whose endpoint answers; one that has traffic cannot be archived.',
  },
  shadow_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'This model never shadowed live traffic.',
    hint: 'Start it with POST /api/models/:id/shadow.',
  },
  shadow_under_way: {
    status: 409,
    type: 'conflict_error',
    message: 'This model shadows live traffic already, or as many models do as may at once.',
    hint: 'Stop one with POST /api/models/:id/shadow/stop, or wait until it ends.',
  },
  nothing_to_roll_back: {
    status: 409,
    type: 'conflict_error',
    message: 'No model is being shipped, so there is nothing to advance or take back.',
    hint: 'Deploy a model first.',
  },
  ramp_under_way: {
    status: 409,
    type: 'conflict_error',
    message:
      'A model is on its way to more traffic, and its comparison and an experiment would spoil each other.',
    hint: 'Wait until the ramp ends, advance it to all traffic, or roll it back; GET /api/ramps shows it.',
  },
  experiment_under_way: {
    status: 409,
    type: 'conflict_error',
    message: 'An experiment takes traffic, and its comparison and a ramp in steps would spoil each other.',
    hint: 'End or pause the experiment, promote its treatment, or deploy with `full`.',
  },
  experiment_not_found: {
    status: 404,
    type: 'not_found_error',
    message: 'There is no such experiment.',
    hint: 'GET /api/experiments lists them.',
  },
  experiment_state: {
    status: 409,
    type: 'conflict_error',
    message: 'The experiment is not in a state for this.',
    hint: 'Read its `status`: what has ended stays ended, and only what runs can be paused.',
  },
  experiment_undecided: {
    status: 409,
    type: 'conflict_error',
    message: 'The results do not recommend to deploy the treatment.',
    hint: 'Let it run on, or send `force` to deploy it all the same.',
  },
  no_traffic_left: {
    status: 409,
    type: 'conflict_error',
    message: 'Other experiments take the traffic that this one needs.',
    hint: 'End or pause one of them, or ask for a smaller `traffic`: nobody takes part in two experiments on reward models.',
  },
  last_admin: {
    status: 409,
    type: 'conflict_error',
    message: 'The last admin of an organisation cannot be removed or demoted.',
    hint: 'Make another member admin first.',
  },
  organization_exists: {
    status: 409,
    type: 'conflict_error',
    message: 'An organisation with this id exists already.',
    hint: 'Choose another id.',
  },
  member_exists: {
    status: 409,
    type: 'conflict_error',
    message: 'A member with this e-mail address exists already.',
    hint: 'Change their role with PATCH /api/members/:id.',
  },
  too_much_feedback: {
    status: 422,
    type: 'invalid_request_error',
    message: 'More feedback matches than one data set or one bulk of pairs can hold.',
    hint: 'Narrow the query: fewer days, a tag, a higher rating.',
  },
  not_enough_data: {
    status: 422,
    type: 'invalid_request_error',
    message: 'There is not enough rated data for this.',
    hint: 'Collect or import more ratings; the linear reward model needs at least 50 rated answers of both kinds.',
  },
  step_not_found: {
    status: 422,
    type: 'invalid_request_error',
    message: 'The answer has no step with this index and kind.',
    hint: 'GET /api/answers/:response_id lists the steps of its delivered candidate.',
  },
  quote_not_found: {
    status: 422,
    type: 'invalid_request_error',
    message: 'The quoted text does not occur in the answer.',
    hint: 'Quote the answer as it was delivered, with the text before and after the quote as `prefix` and `suffix`.',
  },
  candidate_not_found: {
    status: 422,
    type: 'invalid_request_error',
    message: 'The answer has no written candidate with this id.',
    hint: 'Compare `attune.compare.candidate_id` with `attune.compare.delivered_candidate_id`.',
  },
  prompt_too_long: {
    status: 422,
    type: 'invalid_request_error',
    message: 'The conversation is longer than this server accepts.',
    hint: 'Shorten it, or raise ATTUNE_MAX_PROMPT_CHARACTERS.',
  },
  content_not_text: {
    status: 422,
    type: 'invalid_request_error',
    message: 'Only text content can be answered by this model.',
    hint: 'Send message content as a string or as parts of type `text`.',
  },
  no_answer_available: {
    status: 422,
    type: 'invalid_request_error',
    message: 'This model has no answer for the question.',
    hint: 'Ingest documents, import recorded answers, or set ATTUNE_UPSTREAM_URL to a model that writes answers.',
  },
  answer_declined: {
    status: 422,
    type: 'invalid_request_error',
    message: 'No candidate answer passed the quality checks, and this organisation declines in that case.',
    hint: 'Rephrase the question, lower `attune.threshold`, or set `attune.on_failure` to "warn".',
  },
  organization_not_empty: {
    status: 409,
    type: 'conflict_error',
    message: 'This organisation has answers of its own.',
    hint: 'Load demo data into an organisation in which nothing has been asked yet.',
  },
  rate_limited: {
    status: 429,
    type: 'rate_limit_error',
    message: 'Too many requests.',
    hint: 'Wait for the number of seconds in the `retry-after` header.',
  },
  upstream_rate_limited: {
    status: 429,
    type: 'rate_limit_error',
    message: 'The upstream model limits the rate of requests.',
    hint: 'Wait for the number of seconds in the `retry-after` header.',
  },
  upstream_rejected: {
    status: 400,
    type: 'upstream_error',
    message: 'The upstream model refused the request.',
    hint: 'See `upstream` for its own words.',
  },
  upstream_unavailable: {
    status: 502,
    type: 'upstream_error',
    message: 'The upstream model cannot be reached or failed.',
    hint: 'Check ATTUNE_UPSTREAM_URL and ATTUNE_UPSTREAM_API_KEY; the request can be repeated.',
  },
  upstream_timeout: {
    status: 504,
    type: 'upstream_error',
    message: 'The upstream model did not answer in time.',
    hint: 'Repeat the request, or raise ATTUNE_UPSTREAM_TIMEOUT_MS or `attune.latency_budget_ms`.',
  },
  overloaded: {
    status: 503,
    type: 'server_error',
    message: 'The server has more work than it can take.',
    hint: 'Repeat the request after the number of seconds in the `retry-after` header.',
  },
  database_unavailable: {
    status: 503,
    type: 'server_error',
    message: 'The database cannot be reached.',
    hint: 'Nothing was written. Repeat the request shortly; `attune doctor` says what is wrong.',
  },
  scoring_unavailable: {
    status: 503,
    type: 'server_error',
    message: 'The reward model cannot score right now.',
    hint: 'Repeat the request shortly. Answers are still delivered, marked `degraded`.',
  },
  internal_error: {
    status: 500,
    type: 'server_error',
    message: 'Something went wrong inside the server.',
    hint: 'Report the `request_id`; the log line with it tells more.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Extra facts that an error can carry beside its catalogue entry. */
export interface ErrorDetails {
  /** The field, parameter or scope that is at fault, as a dotted path. */
  param?: string;
  /** A sharper sentence than the catalogue's. */
  message?: string;
  /** Seconds until a retry can succeed; sent as `retry-after`. */
  retryAfterSeconds?: number;
  /** The upstream's own words. */
  upstream?: string;
  /** What was to be changed, as it is now. */
  current?: unknown;
}

/** An error from the catalogue. Anything else that is thrown becomes `internal_error`. */
export class AttuneError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(details.message ?? errorCatalogue[code].message, options);
    this.name = 'AttuneError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }
}
