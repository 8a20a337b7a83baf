import * as z from 'zod/mini'
import { flag, option, strictObject, text, textOrTexts } from './schema-parts.js'

const files = {
  keyFile: option(text, 'A file with the private key of certFile, in PEM; from the folder of the configuration on.'),
  certFile: option(
    text,
    "A file with the server's certificate, with those between it and its authority, in PEM. Default: one that is made.",
  ),
  requestClientCertificate: option(flag, 'Whether clients are asked for a certificate, which they need not have. Default: false.'),
  caFile: option(text, 'A file with the authorities that the certificates of tls_client_auth must lead to, in PEM.'),
} as const

const texts = {
  key: option(text, 'The private key of cert, in PEM.'),
  cert: option(text, "The server's certificate, in PEM."),
  ca: option(textOrTexts, 'The authorities that the certificates of tls_client_auth must lead to, in PEM.'),
} as const

const error = 'must be true, false, or an object with keyFile and certFile'

/** HTTPS, as a configuration turns it on: the members of `HttpsOptions`, or files that have what is PEM of them. */
export const httpsSchema = z.union([flag, strictObject({ ...files, ...texts })], { error })

/** What a configuration says about HTTPS. */
export type HttpsConfig = z.output<typeof httpsSchema>
