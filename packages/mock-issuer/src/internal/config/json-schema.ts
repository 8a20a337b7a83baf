import * as z from 'zod/mini'
import { configSchema } from './config-schema.js'

/** The JSON Schema of the configuration file, for editors: of the same declarations that the file is checked by. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input' })
  return `${withShortLists(JSON.stringify({ ...schema, title: 'The configuration of a mock issuer' }, undefined, 2))}\n`
}

const lineWidth = 140

/** Puts a list that fits into one line on one, as formatters do, so that none has to change the published file. */
function withShortLists(json: string): string {
  return json.replaceAll(/^( *(?:"[^"]*": )?)\[\n([^[\]{}]*?)\n *\](,?)$/gm, (whole, start: string, items: string, end: string) => {
    const line = `${start}[${items.trim().replaceAll(/\n */g, ' ')}]${end}`
    return line.length <= lineWidth ? line : whole
  })
}
