import * as contracts from '@attune/contracts';
import { z } from 'zod';

export type Json = Record<string, unknown>;
type Direction = 'input' | 'output';

const writing = { unrepresentable: 'any', reused: 'inline' } as const;

/** Schemas that have a name in contracts: a document says each once and refers to it. */
function namedSchemas(): z.core.$ZodRegistry<{ id: string }> {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(contracts)) {
    if (isStructured(schema) && !named.has(schema)) named.add(schema, { id });
  }
  return named;
}

function isStructured(value: unknown): value is z.ZodType {
  return value instanceof z.ZodObject || value instanceof z.ZodUnion || value instanceof z.ZodEnum;
}

/**
 * JSON Schemas of one OpenAPI document. What has a name is written once, among its components. What a client sends and
 * what it gets differ, because defaults are filled in: what is sent has `Input` at the end of its name, enumerations
 * aside.
 */
export class JsonSchemas {
  readonly #named = namedSchemas();
  readonly #components = new Map<string, Json>();

  /** A schema as the document refers to it. */
  of(schema: z.ZodType, io: Direction): Json {
    const { $schema, $defs, ...written } = z.toJSONSchema(schema, { ...writing, io, metadata: this.#named });
    const definitions = Object.entries($defs ?? {});
    const references = new Map(
      definitions.map(([name, definition]) => [`#/$defs/${name}`, reference(nameOf(name, definition, io))]),
    );
    for (const [name, definition] of definitions) {
      const { id, ...kept } = redirected(definition, references);
      this.#components.set(nameOf(name, kept, io), kept);
    }
    return redirected(written, references);
  }

  /** What was referred to so far, by name. */
  components(): Record<string, Json> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => a.localeCompare(b, 'en')));
  }
}

/** A schema in full, also where it has a name. */
export function inFull(schema: z.ZodType, io: Direction): Json {
  const { $schema, ...written } = z.toJSONSchema(schema, { ...writing, io });
  return written;
}

function nameOf(name: string, definition: object, io: Direction): string {
  return io === 'output' || 'enum' in definition ? name : `${name}Input`;
}

function reference(name: string): string {
  return `#/components/schemas/${name}`;
}

/** The same schema with its references pointing elsewhere. */
function redirected(schema: object, references: ReadonlyMap<string, string>): Json {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? (references.get(value) ?? value) : value,
  );
  return JSON.parse(text);
}
