import { type Requirement, rowOf } from './requirement.js'
import { credentials, guardEvents, hostileClaims, hostileForm, hostileSignature, jwksLocation, properties } from './test-files.js'

/** RFC 6750 §5: how tokens are kept from others. */
export const bearerSecurityRequirements: readonly Requirement[] = [
  {
    section: '5.2',
    id: 'reference-unguessable',
    says: 'A token that is a reference cannot be guessed.',
    accountsFor: ['MUST'],
    binds: 'authorization server',
    because: 'it makes the token',
  },
  {
    section: '5.2',
    id: 'integrity',
    says: 'A token cannot be changed without being found out.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      hostileSignature('an ECDSA signature', 'of other claims is refused'),
      hostileSignature('an ECDSA signature', 'of another header is refused'),
      properties('a good token', 'with any one character replaced is refused'),
    ],
  },
  {
    section: '5.2',
    id: 'server-tls',
    says: 'The authorization server speaks TLS.',
    accountsFor: ['MUST'],
    binds: 'authorization server',
    because: 'it listens; no issuer, key set or endpoint is asked without TLS, save on loopback',
    heldBy: [
      rowOf(jwksLocation('a place that cannot work', 'as an issuer: %s'), 'no TLS'),
      rowOf(jwksLocation('a place that cannot work', 'as a URL: %s'), 'no TLS'),
    ],
  },
  {
    section: '5.2',
    id: 'confidentiality',
    says: 'Tokens travel under TLS with ciphers that keep them secret and whole.',
    accountsFor: ['MUST', 'MUST'],
    binds: 'deployment',
    because: 'TLS of the API is ended by its server or a proxy, before this library sees the request',
  },
  {
    section: '5.2',
    id: 'token-encryption',
    says: 'Where clients are kept from reading tokens, these are encrypted.',
    accountsFor: ['MUST'],
    binds: 'feature not offered',
    because: 'encrypted tokens are not supported, and are refused as such',
    heldBy: [rowOf(hostileForm('the form of a token', '%s'), 'five parts, as an encrypted token has')],
  },
  {
    section: '5.2',
    id: 'client-certificate-check',
    says: 'A client checks the certificate chain and the identity of the API.',
    accountsFor: ['MUST', 'MUST', 'MUST'],
    binds: 'client',
    because: 'it opens the connection to the API',
  },
  {
    section: '5.2',
    id: 'cookies',
    says: 'A token is not kept in a cookie that may be sent in the clear.',
    accountsFor: ['MUST NOT'],
    binds: 'client',
    because: 'it keeps the token; no token is taken from a cookie',
    heldBy: [
      credentials(
        'the Authorization header',
        'is the only field that a token is taken from: a cookie is none, nor what a proxy or another API calls it',
      ),
    ],
  },
  {
    section: '5.2',
    id: 'behind-a-proxy',
    says: 'Between a front end that ends TLS and the API, tokens are kept secret too.',
    accountsFor: ['MUST'],
    binds: 'deployment',
    because: 'it is a matter of the network between the two',
  },
  {
    section: '5.2',
    id: 'limited-lifetime',
    says: 'The life of a token is limited.',
    accountsFor: ['MUST'],
    binds: 'resource server',
    heldBy: [
      rowOf(hostileClaims('a token that the issuer signed, but not for this', '%s'), 'exp missing'),
      rowOf(hostileClaims('a token that the issuer signed, but not for this', '%s'), 'exp past'),
    ],
  },
  {
    section: '5.3',
    id: 'safeguard',
    says: 'A client lets no token out to others.',
    accountsFor: ['MUST'],
    binds: 'client',
    because: 'it is about clients; what is here lets none out either, not even to the log',
    heldBy: [
      hostileClaims('what is said of a token', 'never holds any of its parts'),
      guardEvents('events', 'hold neither token nor query'),
    ],
  },
  {
    section: '5.3',
    id: 'summary-tls',
    says: 'A client uses TLS for requests with tokens, and checks certificate chains.',
    accountsFor: ['MUST', 'MUST'],
    binds: 'client',
    because: 'it opens the connection to the API',
  },
  {
    section: '5.3',
    id: 'summary-cookies',
    says: 'A token is not kept in a cookie that may be sent in the clear; who keeps tokens in cookies guards against forged requests.',
    accountsFor: ['MUST NOT', 'MUST'],
    binds: 'client',
    because: 'it keeps the token',
  },
]
