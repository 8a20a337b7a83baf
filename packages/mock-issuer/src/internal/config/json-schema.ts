import * as z from 'zod/mini'
import { configSchema } from './config-schema.js'

/** The JSON Schema of the configuration file, for editors: the one that the file is checked by. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input' })
  return `${JSON.stringify({ ...schema, title: 'The configuration of a mock issuer' }, undefined, 2)}\n`
}
