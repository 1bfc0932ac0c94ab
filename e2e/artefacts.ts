/**
 * Files that are made from declarations: `node e2e/artefacts.ts` writes them, `artefacts.test.ts` fails when one
 * has drifted.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exampleEnvironment } from '../apps/server/src/config.ts';
import { openApiDocument } from '../apps/server/src/platform/http/openapi.ts';
import { version } from '../apps/server/src/version.ts';
import { type Endpoint, endpoints, RunEvent, RunSpec } from '../packages/contracts/src/index.ts';

export const root = join(import.meta.dirname, '..');

function endpointTable(): string {
  const rows = Object.entries<Endpoint>(endpoints).map(
    ([id, { method, path, answers = 'json' }]) =>
      `  ${id}: { method: '${method}', path: '${path}', answers: '${answers}' },`,
  );
  return [
    '/** Where each endpoint lives. Made from packages/contracts by e2e/artefacts.ts; do not edit. */',
    'export const endpointTable = {',
    ...rows,
    '} as const;',
    '',
  ].join('\n');
}

/** What the trainer checks specs and events against; `input`, so that defaults may be left out of a spec. */
function jsonSchema(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
}

/** Path and content of every made file. */
export const artefacts: Readonly<Record<string, () => string>> = {
  '.env.example': exampleEnvironment,
  'docs/openapi.json': () => `${JSON.stringify(openApiDocument(version), null, 2)}\n`,
  'packages/sdk/src/endpoints.ts': endpointTable,
  'trainer/attune_trainer/protocol/run-event.schema.json': () => jsonSchema(RunEvent),
  'trainer/attune_trainer/protocol/run-spec.schema.json': () => jsonSchema(RunSpec),
};

if (import.meta.main) {
  for (const [path, content] of Object.entries(artefacts)) await writeFile(join(root, path), content());
}
