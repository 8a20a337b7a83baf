import type { Presentation } from '../../forgery.js'
import { declareForgery, rfc, type VariantDeclaration } from './declaration.js'

/** Good tokens in requests that are wrong, or look so. */
export const requestForgeries = {
  twoAuthorizationHeaders: declareForgery({
    title: 'Two Authorization headers',
    description: 'Where a proxy reads one of them and the API the other, who was checked is not who gets in.',
    rfc: rfc(6750, '3.1'),
    expected: 'invalid_request',
    severity: 'lenient',
    variants: {
      same: sent('the same twice', (token) => authorization(`Bearer ${token}`, `Bearer ${token}`)),
      goodFirst: sent('a good one, then a bad one', (token) => authorization(`Bearer ${token}`, 'Bearer other')),
      goodLast: sent('a bad one, then a good one', (token) => authorization('Bearer other', `Bearer ${token}`)),
      basicFirst: sent('Basic, then a good one', (token) => authorization('Basic am9objpzZWNyZXQ=', `Bearer ${token}`)),
      oneField: sent('two tokens in one header', (token) => authorization(`Bearer ${token}, Bearer ${token}`)),
    },
  }),
  tokenInQuery: declareForgery({
    title: 'The token in the query',
    description: 'A query stays in logs, histories and Referer headers.',
    rfc: rfc(9700, '4.3.2'),
    expected: 'no_credentials',
    severity: 'lenient',
    variants: {
      accessToken: sent('as access_token', (token) => ({ headers: [], query: { access_token: token } })),
      token: sent('as token', (token) => ({ headers: [], query: { token } })),
    },
  }),
  tokenInCookie: declareForgery({
    title: 'The token in a cookie',
    description: 'Browsers send cookies along with requests that other sites make.',
    rfc: rfc(6750, '5.3'),
    expected: 'no_credentials',
    severity: 'serious',
    variants: {
      accessToken: sent('as access_token', (token) => ({ headers: [['cookie', `access_token=${token}`]] })),
      token: sent('as token', (token) => ({ headers: [['cookie', `token=${token}`]] })),
      authorization: sent('as Authorization', (token) => ({ headers: [['cookie', `Authorization=Bearer%20${token}`]] })),
    },
  }),
  otherScheme: declareForgery({
    title: 'The token under another scheme',
    description: 'A bearer token is sent under Bearer. Under another scheme it is something else, or nothing.',
    rfc: rfc(6750, '2.1'),
    expected: 'refusal',
    severity: 'lenient',
    variants: {
      none: sent('without a scheme', (token) => authorization(token)),
      token: sent('Token', (token) => authorization(`Token ${token}`)),
      dpop: sent('DPoP, without a proof', (token) => authorization(`DPoP ${token}`)),
      basic: sent('Basic', (token) => authorization(`Basic ${btoa(`john:${token}`)}`)),
    },
  }),
  lowerCaseScheme: declareForgery({
    title: 'The scheme in lower case',
    description: 'No fault at all: the names of schemes have no case, and some clients write them so.',
    rfc: rfc(9110, '11.1'),
    expected: 'accepted',
    severity: 'lenient',
    variants: { only: sent('bearer', (token) => authorization(`bearer ${token}`)) },
  }),
}

function sent(title: string, present: (token: string) => Presentation): VariantDeclaration & { readonly present: typeof present } {
  return { title, forge: ({ token }) => token, present }
}

function authorization(...values: readonly string[]): Presentation {
  return { headers: values.map((value) => ['authorization', value] as const) }
}
