import { type Endpoint, ErrorBody, type ErrorCode, endpoints, errorCatalogue } from '@attune/contracts';
import type { z } from 'zod';
import { takesKey } from './idempotency.ts';
import { inFull, type Json, JsonSchemas } from './json-schemas.ts';

/** Errors that every authenticated route can give. */
const common: readonly ErrorCode[] = ['invalid_request', 'internal_error', 'database_unavailable'];

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = inFull(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const idempotencyKey: Json = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description: 'Makes the write safe to repeat: the same key with the same body gets the first answer again.',
  schema: { type: 'string', pattern: '^[!-~]{1,200}$' },
};

function errorsOf(endpoint: Endpoint): Json {
  const access: ErrorCode[] = endpoint.role === 'public' ? [] : ['unauthenticated', 'forbidden'];
  const bodied: ErrorCode[] =
    endpoint.body === undefined ? [] : ['malformed_json', 'body_too_large', 'unsupported_media_type'];
  const byStatus = new Map<number, string[]>();
  const keyed: ErrorCode[] = takesKey(endpoint) ? ['idempotency_conflict'] : [];
  for (const code of new Set([...endpoint.errors, ...access, ...bodied, ...keyed, ...common])) {
    const { status, message } = errorCatalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${message}`]);
  }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, lines]) => [String(status), { description: lines.join('\n\n'), content }]),
  );
}

function success(schemas: JsonSchemas, endpoint: Endpoint): Json {
  const json = { 'application/json': { schema: schemas.of(endpoint.response, 'output') } };
  const events = { 'text/event-stream': { schema: { type: 'string' } } };
  const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  const content = { json, sse: events, chat: { ...json, ...events }, bytes }[endpoint.answers ?? 'json'];
  return { description: endpoint.summary, content };
}

function contentOf(
  schemas: JsonSchemas,
  body: z.ZodType,
  types: readonly string[] = ['application/json'],
): Json {
  const schema = schemas.of(body, 'input');
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

function securityOf({ role, feedbackToken, jobToken }: Endpoint): Json[] {
  if (role === 'public') return [];
  if (jobToken === true) return [{ jobToken: [] }];
  return feedbackToken === true ? [{ apiKey: [] }, { feedbackToken: [] }] : [{ apiKey: [] }];
}

function operation(schemas: JsonSchemas, endpoint: Endpoint): Json {
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    description: `Lowest role: ${endpoint.role}.`,
    tags: [endpoint.room],
    parameters: [
      ...parameters(endpoint.params, 'path'),
      ...parameters(endpoint.query, 'query'),
      ...(takesKey(endpoint) ? [idempotencyKey] : []),
    ],
    ...(endpoint.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: contentOf(schemas, endpoint.body, endpoint.sends?.types),
          },
        }),
    responses: { [String(endpoint.status ?? 200)]: success(schemas, endpoint), ...errorsOf(endpoint) },
    security: securityOf(endpoint),
  };
}

/** The OpenAPI 3.1 document of every declared endpoint. */
export function openApiDocument(version: string): Json {
  const schemas = new JsonSchemas();
  const paths: Record<string, Json> = {};
  for (const endpoint of Object.values<Endpoint>(endpoints)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operation(schemas, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Attune', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Error: inFull(ErrorBody, 'output'), ...schemas.components() },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'API key `atn_…`' },
        feedbackToken: { type: 'http', scheme: 'bearer', description: '`feedback_token` of an answer' },
        jobToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'Token of a running job, for its run alone',
        },
      },
    },
  };
}
