import { rowOf, type Specification, testsOf } from './requirement.js'
import { authenticator, introspectionClient, providerMtls } from './test-files.js'

const senderCheck = testsOf('packages/verifier/src/internal/sender/sender-check.test.ts')
const introspectionEndpoint = testsOf('packages/verifier/src/internal/introspection/introspection-endpoint.test.ts')
const portable = testsOf('packages/verifier/test/mtls-portable.test.ts')
const connection = testsOf('packages/verifier/test/mtls-connection.test.ts')
const certificateCheck = testsOf('packages/verifier/src/internal/sender/mtls/certificate-check.test.ts')
const certificateSource = testsOf('packages/verifier/src/internal/sender/mtls/certificate-source.test.ts')

const bound = (title: string) => providerMtls('%s that is bound to the certificate of its client', title)
const otherThumbprint = certificateCheck('a certificate from %s', 'is not that of a token with %s')

/** OAuth 2.0 Mutual-TLS Client Authentication and Certificate-Bound Access Tokens, February 2020: the tokens, and where to ask about them. */
export const rfc8705: Specification = {
  rfc: 8705,
  sections: { '2': { MUST: 3 }, '3': { MUST: 4 }, '3.1': { MUST: 1, 'MUST NOT': 1 }, '3.2': { item: 1 }, '5': { MUST: 1 } },
  requirements: [
    {
      section: '2',
      id: 'asks-with-its-certificate',
      says: 'A client that authenticates by its certificate does so in the TLS handshake.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        rowOf(bound('is accepted over a connection with that certificate, again and again'), 'an opaque token'),
        providerMtls('an API that shows another certificate than its own is told nothing, and cannot decide'),
      ],
    },
    {
      section: '2',
      id: 'client-id',
      says: 'A client that authenticates by its certificate says in client_id who it is.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [introspectionClient('the client authenticates', 'by its certificate, at the endpoint for that: %s')],
    },
    {
      section: '2',
      id: 'certificate-of-the-client',
      says: 'The server holds a client to its certificate.',
      accountsFor: ['MUST'],
      binds: 'authorization server',
      because: 'it is asked; that it does not know the API by the certificate is an outage and not a verdict',
      heldBy: [providerMtls('an API that shows another certificate than its own is told nothing, and cannot decide')],
    },
    {
      section: '3',
      id: 'same-certificate',
      says: 'A client presents a token over a connection with the certificate that it got the token with.',
      accountsFor: ['MUST'],
      binds: 'client',
      because: 'it opens the connection; a token over another connection is refused',
      heldBy: [bound('is refused over a connection with another certificate of the same name, or with none')],
    },
    {
      section: '3',
      id: 'certificate-of-the-connection',
      says: 'The certificate comes from TLS, and from nobody who could write it as he likes.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        bound('is accepted over a connection with that certificate, again and again'),
        bound('is accepted when the TLS session is resumed, where no certificate is sent again'),
        bound('is not taken from a field that the client sends itself'),
        certificateSource('a certificate of the connection', 'is that of the peer'),
        certificateSource('a certificate of the connection', 'is missing if %s'),
        certificateSource('a certificate in %s', 'is not taken where it is not known who is connected'),
        connection('over %s, a token that is bound to a certificate', 'is refused from a client with none, whatever it writes into fields'),
        certificateSource('a certificate in %s', 'is not taken from anybody else, who may have a certificate of their own'),
      ],
    },
    {
      section: '3',
      id: 'certificate-matches',
      says: 'The certificate is the one that the token is bound to.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        certificateCheck('a certificate from %s', 'is that of the token, at once'),
        certificateCheck('a certificate from %s', 'is not that of the token if it is another'),
        otherThumbprint,
        portable(
          'where hashing and signatures take a promise',
          'a token that is bound to a key too uses up the proof after the certificate was found to be right',
        ),
        certificateCheck('a Hash and a Cert of different certificates', 'are no certificate, even if %s is that of the token'),
        bound('is refused over a connection with another certificate of the same name, or with none'),
      ],
    },
    {
      section: '3',
      id: 'refused-with-invalid-token',
      says: 'With another certificate, or with none, the answer is 401 and invalid_token.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        bound('is refused over a connection with another certificate of the same name, or with none'),
        connection('over %s, a token that is bound to a certificate', 'is refused from a client with another one'),
        senderCheck('a token that is bound to a certificate', 'is refused without it'),
        senderCheck('a token that is bound to a certificate', 'is refused where certificates are not looked at'),
        bound('is refused by a verifier that checks no certificates'),
        authenticator('authenticate', "answers 401 to a token that the verifier rejects, and keeps the verifier's words to itself"),
      ],
    },
    {
      section: '3.1',
      id: 'thumbprint-spelling',
      says: 'x5t#S256 is base64url without padding, and has nothing else in it.',
      accountsFor: ['MUST', 'MUST NOT'],
      binds: 'authorization server',
      because: 'it makes the token; a token with another spelling is refused',
      heldBy: [
        rowOf(otherThumbprint, 'the SHA-256 with padding'),
        rowOf(senderCheck('a cnf', 'that %s is refused'), 'has a hash with padding'),
        rowOf(senderCheck('a cnf', 'that %s is refused'), 'has a hash with a line break'),
        rowOf(senderCheck('a cnf', 'that %s is refused'), 'has a hash in hexadecimal'),
      ],
    },
    {
      section: '3.2',
      id: 'introspected-thumbprint',
      says: 'The thumbprint that introspection tells is compared with the certificate as that of a JWT is.',
      accountsFor: ['item'],
      binds: 'resource server',
      heldBy: [
        rowOf(bound('is refused over a connection with another certificate of the same name, or with none'), 'an opaque token'),
        rowOf(bound('is accepted over a connection with that certificate, again and again'), 'an opaque token'),
      ],
    },
    {
      section: '5',
      id: 'endpoint-aliases',
      says: 'A client that uses its certificate asks at the endpoint among the aliases, if it is there.',
      accountsFor: ['MUST'],
      binds: 'resource server',
      heldBy: [
        introspectionClient('the client authenticates', 'by its certificate, at the endpoint for that: %s'),
        introspectionEndpoint(
          'the introspection endpoint',
          'is the alias for clients with certificates, if there is one, and nothing in its place',
        ),
      ],
    },
  ],
}
