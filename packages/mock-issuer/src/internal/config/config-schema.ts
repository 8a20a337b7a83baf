import * as z from 'zod/mini'
import { httpsSchema } from './https-schema.js'
import { issuerOptions, programIssuerOptions } from './issuer-options-schema.js'
import { memberAliases } from './member-aliases.js'
import { flag, option, required, strictObject, text } from './schema-parts.js'

const aliases = memberAliases.issuer

const server = {
  $schema: option(text, 'Where an editor finds what can be written here.'),
  port: option(z.int().check(z.minimum(0), z.maximum(65_535)), 'Where the server listens; 0 for any free port. Default: 9000.'),
  host: option(text, 'The address that it listens on. Default: 127.0.0.1.'),
  https: option(
    httpsSchema,
    'HTTPS instead of HTTP: true with a certificate that is made for it, or an object with files of your own. Default: false.',
  ),
  onDemand: option(
    z.union([flag, strictObject({ maxIssuers: required(z.int().check(z.positive()), 'How many of them at most.') })], {
      error: 'must be true, false, or an object with maxIssuers',
    }),
    'Whether asking for an issuer that does not exist makes it, as the options outside of issuers say. Default: false.',
  ),
} as const

/** A configuration file of JSON: a server, the options of its issuer, or of each of its issuers by path. */
export const configSchema = strictObject(
  {
    ...server,
    ...issuerOptions,
    issuers: option(
      z.record(z.string(), strictObject(issuerOptions, { id: 'Issuer', aliases })),
      'Several issuers, by path: "tenant-a" is at /tenant-a. What an issuer does not say is as it is outside of issuers.',
    ),
  },
  { aliases },
)

/** What a module exports: the same, and what only a program can say. */
export const programConfigSchema = strictObject(
  {
    ...server,
    ...programIssuerOptions,
    issuers: z.exactOptional(z.record(z.string(), strictObject(programIssuerOptions, { aliases }))),
  },
  { aliases },
)

/** A configuration that was read: of a module, since what JSON can say is a part of what a module can. */
export type Config = z.output<typeof programConfigSchema>
